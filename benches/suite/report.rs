//! Times taken, and the table that they end in: what was measured, its limit in the same run, the aim.

use std::io::Write;
use std::time::{Duration, Instant};

/// Times of one kind of work.
#[derive(Clone, Default)]
pub(crate) struct Times(Vec<Duration>);

/// Long work, by the processor time of this thread: what others do on the machine meanwhile is not counted, nor is
/// waiting for the disk.
#[derive(Clone, Copy, Default)]
pub(crate) struct Work(Duration);

impl Work {
    pub(crate) fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (before, since) = (on_processor(), Instant::now());
        let done = work();
        self.0 += match (before, on_processor()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => since.elapsed(),
        };
        done
    }

    pub(crate) fn total(&self) -> Duration {
        self.0
    }
}

/// Processor time of this thread, where the system tells it (Linux); good to a few milliseconds.
fn on_processor() -> Option<Duration> {
    // The kernel brings it up to date when the thread gives its core away.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

impl Times {
    pub(crate) fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let since = Instant::now();
        let done = work();
        self.0.push(since.elapsed());
        done
    }

    /// Does it three times and keeps the shortest: others on the machine are not what is measured.
    pub(crate) fn best<T>(&mut self, mut work: impl FnMut() -> T) -> T {
        let mut times = Self::default();
        times.time(&mut work);
        times.time(&mut work);
        let done = times.time(&mut work);
        self.0.extend(times.0.into_iter().min());
        done
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn add(&mut self, others: &Self) {
        self.0.extend(&others.0);
    }

    /// Milliseconds that this share of the work stays under.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1));
        sorted.get(place - 1).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}

/// What a figure is held against.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    AtLeast(f64),
    AtMost(f64),
    /// Printed to be seen; a part of another figure.
    None,
}

/// Prints rows as they come.
pub(crate) struct Report {
    missed: u32,
}

impl Report {
    pub(crate) fn start(title: &str) -> Self {
        let report = Self { missed: 0 };
        report.line(title);
        report.line(&format!("{:<44} {:>34} {:>9} {:>9}  {}", "work", "measured", "figure", "aim", "met"));
        report
    }

    /// One row: what was measured, in words, and the figure that the aim is about.
    pub(crate) fn row(&mut self, work: &str, measured: &str, figure: f64, unit: &str, aim: Aim) {
        let (aim, met) = match aim {
            Aim::AtLeast(least) => (format!("≥ {least}"), Some(figure >= least)),
            Aim::AtMost(most) => (format!("≤ {most}"), Some(figure <= most)),
            Aim::None => (String::new(), None),
        };
        let met = met.map_or("", |met| if met { "yes" } else { "NO" });
        self.missed += u32::from(met == "NO");
        self.line(&format!("{work:<44} {measured:>34} {figure:>6.2} {unit:<2} {aim:>9}  {met}"));
    }

    /// The 50th and 99th percentile, in milliseconds; the aim is about the latter.
    pub(crate) fn percentiles(&mut self, work: &str, times: &Times, aim: Aim) {
        let measured = format!("p50 {:.2} ms, {} times", times.at(0.5), times.count());
        self.row(work, &measured, times.at(0.99), "ms", aim);
    }

    pub(crate) fn line(&self, text: &str) {
        // A closed pipe is nobody's loss.
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    pub(crate) fn end(self) {
        self.line(&format!("{} aims missed", self.missed));
    }
}

/// "1.2 million rows/s".
pub(crate) fn per_second(count: u64, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64().max(1e-9)
}
