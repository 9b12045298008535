//! Words of the sites around articles, in the languages of the sites that analysts read.
//!
//! One row, one language. Adding a language is adding a row. All entries are lower case, without end marks.

/// The furniture words of one language.
pub(super) struct Words {
    /// Lines that are furniture when they stand alone.
    pub(super) whole: &'static [&'static str],
    /// What furniture lines begin with, whatever follows.
    pub(super) opening: &'static [&'static str],
}

#[rustfmt::skip]
pub(super) const WORDS: &[Words] = &[
    // English
    Words {
        whole: &[
            "about", "about us", "ad", "advert", "advertisement", "advertising", "ads", "all rights reserved",
            "back to top", "back to top button", "back", "breaking", "breaking news", "bookmark", "cancel", "careers",
            "click here", "close", "comment", "comments", "contact", "contact us", "continue", "continue reading",
            "cookie policy", "copy link", "copied", "correction", "donate", "download", "download our app", "e-mail",
            "editor's picks", "editors' picks", "email", "enlarge", "exclusive", "explore more", "facebook",
            "features", "follow", "follow us", "getty", "getty images", "gallery", "gift article", "go to top",
            "hide", "home", "homepage", "image", "in pictures", "instagram", "join", "join us", "jump to comments",
            "keep reading", "latest", "latest news", "latest stories", "latest videos", "learn more",
            "leave a comment", "leave a reply", "like", "link copied", "linkedin", "listen", "live", "load more",
            "loading", "log in", "login", "more", "more from", "more like this", "more news", "more on this story",
            "more stories", "more to read", "more top stories", "menu", "most popular", "most read", "most viewed",
            "newsletter", "newsletters", "next", "next article", "next post", "next story", "no comments",
            "open menu", "opinion", "paid content", "partner content", "photo", "photos", "pinterest", "play",
            "play video", "popular", "popular now", "post a comment", "previous", "previous article", "previous post",
            "previous story", "print", "privacy policy", "promoted", "promoted content", "read more", "read next",
            "recommended", "recommended for you", "recommended stories", "reddit", "register", "related",
            "related article", "related articles", "related content", "related coverage", "related news",
            "related posts", "related stories", "related topics", "related video", "related videos", "reply", "save",
            "scroll to top", "search", "see also", "see more", "share", "share article", "share on facebook",
            "share on twitter", "share on whatsapp", "share on x", "share this", "share this article",
            "share this story", "show comments", "show more", "sign in", "sign up", "sign up now", "site map",
            "skip ad", "skip to content", "skip to main content", "sponsored", "sponsored content",
            "start the conversation", "submit", "subscribe", "subscribe now", "support us", "tags", "telegram",
            "terms of service", "terms of use", "text size", "top stories", "topics", "trending", "trending now",
            "tweet", "twitter", "unsubscribe", "updated", "video", "videos", "view all", "view comments",
            "view gallery", "view more", "watch", "watch live", "watch now", "watch the video", "watch video",
            "whatsapp", "write a comment", "you may also like", "you might also like", "your email address",
            "youtube", "what to read next", "up next", "world", "politics", "news", "business",
        ],
        opening: &[
            "© ", "(c) 20", "all rights reserved", "also read:", "by signing up", "click here", "comments (",
            "copyright ", "enter your email", "filed under", "follow us on", "for more information, visit",
            "get the latest", "have you got a story", "image copyright", "join our", "last modified", "last updated",
            "listen to this", "more about:", "more from ", "more on:", "next article", "next post", "next story:",
            "photo credit", "posted by", "posted in", "posted on", "previous article", "previous post",
            "previous story:", "published by", "published on", "published:", "published at", "read also", "read full",
            "read more:", "read more about", "read next:", "read the full", "related:", "related article:",
            "reporting by ", "see also:", "share this ", "share on ", "sign up for", "sign up to", "story continues",
            "story by", "subscribe to", "support our", "tagged:", "tags:", "this article was originally published",
            "this story was originally published", "top stories:", "topics:", "updated at", "updated on", "updated:",
            "view comments", "watch:", "watch now:", "watch the video", "we use cookies", "writing by ",
            "you can unsubscribe", "your email address", "editing by ", "written by ", "additional reporting by",
            "download the ", "min read", "leave a comment", "be the first to comment",
        ],
    },
    // Turkish
    Words {
        whole: &[
            "abone ol", "anasayfa", "ana sayfa", "başa dön", "benzer haberler", "bize ulaşın", "bizi takip edin",
            "daha fazla", "devamını oku", "dünya", "giriş yap", "gündem", "haberler", "hakkımızda", "iletişim",
            "ilgili haberler", "ilgili yazılar", "ilgili makaleler", "kapat", "kaydol", "künye", "menü", "öne çıkan",
            "öne çıkanlar", "önceki", "önceki haber", "önceki yazı", "paylaş", "reklam", "son dakika", "son haberler",
            "sonraki", "sonraki haber", "sonraki yazı", "tüm hakları saklıdır", "üye ol", "yazdır", "yorum yap",
            "yorumlar", "yukarı çık", "arama", "ara", "bülten", "etiketler", "tweetle", "çok okunanlar",
        ],
        opening: &[
            "etiketler:", "önceki yazı", "önceki haber", "sonraki yazı", "sonraki haber", "kaynak:", "yayınlanma:",
            "güncelleme:", "son güncelleme", "bizi takip",
        ],
    },
    // Russian
    Words {
        whole: &[
            "главная", "главное", "новости", "все новости", "читайте также", "читать далее", "читать также",
            "подписаться", "подписаться на", "подпишитесь", "поделиться", "комментарии", "комментировать",
            "оставить комментарий", "реклама", "меню", "поиск", "войти", "регистрация", "закрыть", "наверх",
            "наверх страницы", "ещё", "еще", "показать ещё", "показать еще", "загрузить ещё", "популярное",
            "самое читаемое", "по теме", "материалы по теме", "похожие новости", "похожие статьи", "следующая статья",
            "предыдущая статья", "следующая новость", "предыдущая новость", "в избранное", "распечатать",
            "версия для печати", "теги", "контакты", "о нас", "редакция", "рассылка", "видео", "фото",
            "последние новости", "лента новостей", "скопировать ссылку", "ссылка скопирована", "вконтакте",
            "телеграм", "одноклассники", "рекомендуем",
        ],
        opening: &[
            "читайте также:", "читайте нас в", "подписывайтесь на", "подпишитесь на", "теги:", "источник:", "фото:",
            "опубликовано", "обновлено", "предыдущая статья", "следующая статья", "все права защищены",
            "наш телеграм", "смотрите также",
        ],
    },
    // Ukrainian
    Words {
        whole: &[
            "головна", "головне", "новини", "усі новини", "всі новини", "читайте також", "читати далі", "підписатися",
            "підписатись", "поділитися", "поділитись", "коментарі", "коментувати", "залишити коментар", "меню",
            "пошук", "увійти", "реєстрація", "закрити", "вгору", "нагору", "ще", "показати ще", "популярне",
            "за темою", "по темі", "матеріали за темою", "схожі новини", "наступна стаття", "попередня стаття",
            "наступна новина", "попередня новина", "роздрукувати", "контакти", "про нас", "редакція", "відео",
            "останні новини", "стрічка новин", "рекомендуємо", "скопіювати посилання",
        ],
        opening: &[
            "читайте також:", "підписуйтесь на", "підписуйтеся на", "підпишіться на", "теги:", "джерело:", "фото:",
            "опубліковано", "оновлено", "попередня стаття", "наступна стаття", "усі права захищені", "дивіться також",
        ],
    },
    // German
    Words {
        whole: &[
            "startseite", "anmelden", "abmelden", "abonnieren", "jetzt abonnieren", "anzeige", "anzeigen",
            "artikel teilen", "teilen", "drucken", "merken", "kommentare", "kommentieren", "kommentar schreiben",
            "mehr", "mehr anzeigen", "mehr zum thema", "mehr lesen", "weiterlesen", "weiter lesen", "lesen sie auch",
            "das könnte sie auch interessieren", "verwandte artikel", "ähnliche artikel", "meistgelesen",
            "meistgelesene artikel", "beliebt", "nach oben", "zurück", "zurück zur startseite", "vorheriger artikel",
            "nächster artikel", "schließen", "suche", "menü", "impressum", "datenschutz", "kontakt", "registrieren",
            "themen", "schlagworte", "nachrichten", "politik", "empfohlen", "newsletter abonnieren", "link kopieren",
            "bildergalerie", "zur startseite",
        ],
        opening: &[
            "lesen sie auch:", "lesen sie auch", "mehr zum thema:", "stand:", "quelle:", "foto:", "bild:",
            "veröffentlicht am", "aktualisiert am", "von unserem", "vorheriger artikel", "nächster artikel",
            "alle rechte vorbehalten", "schlagworte:", "themen:", "abonnieren sie",
        ],
    },
    // French
    Words {
        whole: &[
            "accueil", "à lire aussi", "lire aussi", "à la une", "abonnez-vous", "s'abonner", "je m'abonne",
            "se connecter", "connexion", "inscription", "s'inscrire", "partager", "imprimer", "commentaires",
            "commenter", "laisser un commentaire", "publicité", "lire la suite", "lire plus", "voir plus",
            "en savoir plus", "articles liés", "articles similaires", "sur le même sujet", "sur le même thème",
            "les plus lus", "fermer", "retour en haut", "haut de page", "article précédent", "article suivant",
            "précédent", "suivant", "recherche", "rechercher", "contact", "mentions légales",
            "politique de confidentialité", "suivez-nous", "vidéo", "vidéos", "actualités", "dernières nouvelles",
            "newsletter", "recommandé pour vous", "copier le lien",
        ],
        opening: &[
            "lire aussi :", "lire aussi:", "à lire aussi :", "publié le", "mis à jour le", "modifié le",
            "crédit photo", "photo :", "article précédent", "article suivant", "tous droits réservés",
            "suivez-nous sur", "abonnez-vous à", "inscrivez-vous", "avec afp", "par notre",
        ],
    },
    // Spanish and Portuguese
    Words {
        whole: &[
            "inicio", "portada", "suscríbete", "suscribirse", "suscribete", "iniciar sesión", "registrarse",
            "compartir", "imprimir", "comentarios", "comentar", "deja un comentario", "publicidad", "leer más",
            "ver más", "más información", "más noticias", "lee también", "lea también", "te puede interesar",
            "también te puede interesar", "artículos relacionados", "noticias relacionadas", "contenido relacionado",
            "lo más leído", "lo más visto", "cerrar", "volver arriba", "artículo anterior", "artículo siguiente",
            "anterior", "siguiente", "buscar", "menú", "contacto", "aviso legal", "síguenos", "noticias",
            "últimas noticias", "boletín", "copiar enlace", "etiquetas", "início", "assine", "assine já", "entrar",
            "compartilhar", "partilhar", "comentários", "publicidade", "leia mais", "leia também", "saiba mais",
            "veja também", "notícias relacionadas", "mais lidas", "fechar", "voltar ao topo", "artigo anterior",
            "próximo artigo", "pesquisar", "últimas notícias",
        ],
        opening: &[
            "lee también:", "lea también:", "te puede interesar:", "publicado el", "actualizado el", "fuente:",
            "foto:", "etiquetas:", "artículo anterior", "artículo siguiente", "todos los derechos reservados",
            "síguenos en", "suscríbete a", "leia também:", "publicado em", "atualizado em",
            "todos os direitos reservados",
        ],
    },
    // Italian, Dutch, Polish
    Words {
        whole: &[
            "leggi anche", "leggi tutto", "continua a leggere", "condividi", "commenti", "pubblicità", "abbonati",
            "iscriviti", "accedi", "chiudi", "torna su", "articolo precedente", "articolo successivo",
            "articoli correlati", "più letti", "cerca", "ultime notizie", "lees ook", "lees meer", "lees verder",
            "deel", "delen", "reacties", "advertentie", "abonneren", "inloggen", "sluiten", "terug naar boven",
            "vorig artikel", "volgend artikel", "gerelateerde artikelen", "meest gelezen", "zoeken", "laatste nieuws",
            "czytaj także", "czytaj więcej", "czytaj też", "zobacz także", "zobacz też", "udostępnij", "komentarze",
            "reklama", "subskrybuj", "zaloguj się", "zaloguj", "zamknij", "do góry", "poprzedni artykuł",
            "następny artykuł", "powiązane artykuły", "najczęściej czytane", "szukaj", "najnowsze",
        ],
        opening: &[
            "leggi anche:", "pubblicato il", "aggiornato il", "fonte:", "lees ook:", "bron:", "gepubliceerd op",
            "czytaj także:", "czytaj też:", "zobacz także:", "źródło:", "opublikowano", "aktualizacja:",
        ],
    },
    // Arabic, Persian, Hebrew
    Words {
        whole: &[
            "الرئيسية", "الصفحة الرئيسية", "اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "اقرأ المزيد", "المزيد", "شارك",
            "مشاركة", "شارك المقال", "تعليقات", "التعليقات", "اترك تعليقا", "إعلان", "إعلانات", "اشترك", "اشترك الآن",
            "تسجيل الدخول", "إغلاق", "بحث", "القائمة", "المقال السابق", "المقال التالي", "مقالات ذات صلة",
            "أخبار ذات صلة", "مواضيع ذات صلة", "الأكثر قراءة", "آخر الأخبار", "طباعة", "اتصل بنا", "من نحن",
            "العودة إلى الأعلى", "انسخ الرابط", "تابعنا", "بیشتر بخوانید", "اشتراک گذاری", "نظرات", "تبلیغات",
            "مطالب مرتبط", "قرا עוד", "קרא עוד", "קראו עוד", "שתף", "תגובות", "פרסומת",
        ],
        opening: &[
            "اقرأ أيضا:", "اقرأ أيضاً:", "المصدر:", "تابعنا على", "اشترك في", "جميع الحقوق محفوظة", "آخر تحديث",
            "بیشتر بخوانید:",
        ],
    },
    // Chinese, Japanese, Korean
    Words {
        whole: &[
            "首页", "分享", "评论", "广告", "相关新闻", "相关文章", "相关阅读", "阅读更多", "更多", "返回顶部", "订阅", "登录", "注册", "上一篇", "下一篇",
            "搜索", "關閉", "关闭", "分享到", "ホーム", "シェア", "コメント", "広告", "関連記事", "関連ニュース", "続きを読む", "もっと見る", "ページトップへ", "購読",
            "ログイン", "前の記事", "次の記事", "検索", "閉じる", "홈", "공유", "공유하기", "댓글", "광고", "관련기사", "관련 기사", "더보기", "구독", "로그인",
            "이전 기사", "다음 기사", "검색", "닫기",
        ],
        opening: &[
            "责任编辑", "来源:", "来源：", "编辑:", "编辑：", "上一篇", "下一篇", "相关阅读", "関連記事:", "関連記事：", "前の記事", "次の記事", "저작권자",
            "무단 전재", "이전 기사", "다음 기사",
        ],
    },
];

/// What names a picture's maker or agency: a line with one of these and no more than a caption's length is a caption.
#[rustfmt::skip]
pub(super) const CREDITS: &[&str] = &[
    "(photo", "[photo", "photo:", "photo by", "photograph:", "photograph by", "picture:", "image:", "(image",
    "image credit", "image source", "credit:", "getty images", "/getty", "via getty", "/reuters", "/afp", "afp via",
    "/ap)", "(ap photo", "ap photo", "/epa", "/tass", "/anadolu", "/shutterstock", "file photo", "handout",
    "file picture", "screenshot", "screengrab", "courtesy of", "pictured:", "pictured above", "illustration:",
    "illustration by", "video:", "фото:", "(фото", "скриншот", "foto:", "(foto", "bild:", "fotoğraf:", "crédit",
    "imagen:", "zdjęcie:", "fot.", "صورة:",
];

/// Months, for lines that hold a date and nothing else.
#[rustfmt::skip]
pub(super) const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "января",
    "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
    "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада",
    "грудня", "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember", "janvier", "février", "mars",
    "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre", "enero", "febrero", "marzo",
    "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "ocak", "şubat",
    "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım", "aralık",
];

/// Words that a dateline may hold beside month and figures.
#[rustfmt::skip]
pub(super) const DATE_WORDS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu",
    "thur", "thurs", "fri", "sat", "sun", "am", "pm", "gmt", "utc", "bst", "est", "edt", "cet", "et", "pst", "pdt",
    "msk", "at", "on", "published", "updated", "last", "ago", "hours", "hour", "minutes", "mins", "min", "minute",
    "days", "day", "read", "the", "of", "st", "nd", "rd", "th", "today", "yesterday", "just", "now", "a.m", "p.m",
    "uhr", "г", "в", "de", "le", "el", "à", "um", "saat", "von", "posted", "date", "modified", "time",
];
