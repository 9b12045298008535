//! Behaviour seen from outside the modules. Unit tests stand beside the code that they are about.

mod layers;
