//! Words of the sites around articles, in the languages of the sites that analysts read.
//!
//! One row, one language. Adding a language is adding a row. All entries are lower case, without end marks.

/// The furniture words of one language.
pub(super) struct Words {
    /// Lines that are furniture when they stand alone.
    pub(super) whole: &'static [&'static str],
    /// The same, and links to other articles follow.
    pub(super) lists: &'static [&'static str],
    /// What furniture lines begin with, whatever follows.
    pub(super) opening: &'static [&'static str],
    /// What paragraphs begin with that ask something of the reader or tell who made the page, however long they are.
    pub(super) pleas: &'static [&'static str],
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
            "email", "enlarge", "exclusive", "facebook", "features", "follow", "follow us", "getty", "getty images",
            "gallery", "gift article", "go to top", "hide", "home", "homepage", "image", "in pictures", "instagram",
            "join", "join us", "jump to comments", "learn more", "leave a comment", "leave a reply", "like",
            "link copied", "linkedin", "listen", "live", "load more", "loading", "log in", "login", "more", "menu",
            "newsletter", "newsletters", "next", "next article", "next post", "next story", "no comments",
            "open menu", "opinion", "paid content", "partner content", "photo", "photos", "pinterest", "play",
            "play video", "post a comment", "previous", "previous article", "previous post", "previous story",
            "print", "privacy policy", "promoted", "promoted content", "reddit", "register", "reply", "save",
            "scroll to top", "search", "see more", "share", "share article", "share on facebook", "share on twitter",
            "share on whatsapp", "share on x", "share this", "share this article", "share this story",
            "show comments", "show more", "sign in", "sign up", "sign up now", "sign up here", "site map", "skip ad",
            "skip to content", "skip to main content", "sponsored", "sponsored content", "start the conversation",
            "submit", "subscribe", "subscribe now", "support us", "tags", "telegram", "terms of service",
            "terms of use", "text size", "topics", "tweet", "twitter", "unsubscribe", "updated", "video", "videos",
            "view all", "view comments", "view gallery", "view more", "watch", "watch live", "watch now",
            "watch the video", "watch video", "whatsapp", "write a comment", "your email address", "youtube", "world",
            "politics", "news", "business",
        ],
        lists: &[
            "editor's picks", "editors' picks", "explore more", "keep reading", "latest", "latest news",
            "latest stories", "latest videos", "more from", "more like this", "more news", "more on this story",
            "more stories", "more to read", "more top stories", "most popular", "most read", "most viewed", "popular",
            "popular now", "read more", "read next", "recommended", "recommended for you", "recommended stories",
            "related", "related article", "related articles", "related content", "related coverage", "related news",
            "related posts", "related stories", "related topics", "related video", "related videos", "see also",
            "top stories", "trending", "trending now", "you may also like", "you might also like",
            "what to read next", "up next",
        ],
        opening: &[
            "also read:", "comments (", "filed under", "image copyright", "last modified", "last updated",
            "listen to this", "more about:", "more from ", "more on:", "next article", "next post", "next story:",
            "photo credit", "posted by", "posted in", "posted on", "previous article", "previous post",
            "previous story:", "published by", "published on", "published:", "published at", "read also", "read full",
            "read more:", "read more about", "read next:", "read the full", "related:", "related article:",
            "see also:", "our standards:", "share this ", "share on ", "story continues", "story by", "tagged:", "tags:",
            "top stories:", "topics:", "updated at", "updated on", "updated:", "view comments", "watch:",
            "watch now:", "watch the video", "writing by ", "written by ", "min read", "leave a comment",
        ],
        pleas: &[
            "© ", "all rights reserved", "by signing up", "click here", "copyright ", "enter your email",
            "follow us on", "follow @", "h/t ", "for more information, visit", "get the latest", "have you got a story", "join our",
            "reporting by ", "sign up for", "sign up to", "subscribe to", "support our",
            "this article was originally published", "this story was originally published", "we use cookies",
            "you can unsubscribe", "your email address", "editing by ", "additional reporting by", "download the ",
            "be the first to comment",
        ],
    },
    // Turkish
    Words {
        whole: &[
            "abone ol", "anasayfa", "ana sayfa", "başa dön", "bize ulaşın", "bizi takip edin", "daha fazla",
            "devamını oku", "dünya", "giriş yap", "gündem", "haberler", "hakkımızda", "iletişim", "kapat", "kaydol",
            "künye", "menü", "öne çıkan", "önceki", "önceki haber", "önceki yazı", "paylaş", "reklam", "son dakika",
            "sonraki", "sonraki haber", "sonraki yazı", "tüm hakları saklıdır", "üye ol", "yazdır", "yorum yap",
            "yorumlar", "yukarı çık", "arama", "ara", "bülten", "etiketler", "tweetle",
        ],
        lists: &[
            "benzer haberler", "ilgili haberler", "ilgili yazılar", "ilgili makaleler", "öne çıkanlar",
            "son haberler", "çok okunanlar",
        ],
        opening: &[
            "etiketler:", "önceki yazı", "önceki haber", "sonraki yazı", "sonraki haber", "kaynak:", "yayınlanma:",
            "güncelleme:", "son güncelleme",
        ],
        pleas: &["bizi takip"],
    },
    // Russian
    Words {
        whole: &[
            "главная", "главное", "новости", "читать далее", "подписаться", "подписаться на", "подпишитесь",
            "поделиться", "комментарии", "комментировать", "оставить комментарий", "реклама", "меню", "поиск",
            "войти", "регистрация", "закрыть", "наверх", "наверх страницы", "ещё", "еще", "показать ещё",
            "показать еще", "загрузить ещё", "следующая статья", "предыдущая статья", "следующая новость",
            "предыдущая новость", "в избранное", "распечатать", "версия для печати", "теги", "контакты", "о нас",
            "редакция", "рассылка", "видео", "фото", "скопировать ссылку", "ссылка скопирована", "вконтакте",
            "телеграм", "одноклассники",
        ],
        lists: &[
            "все новости", "читайте также", "читать также", "популярное", "самое читаемое", "по теме",
            "материалы по теме", "похожие новости", "похожие статьи", "последние новости", "лента новостей",
            "рекомендуем",
        ],
        opening: &[
            "читайте также:", "теги:", "источник:", "фото:", "опубликовано", "обновлено", "предыдущая статья",
            "следующая статья", "смотрите также",
        ],
        pleas: &["читайте нас в", "подписывайтесь на", "подпишитесь на", "все права защищены", "наш телеграм"],
    },
    // Ukrainian
    Words {
        whole: &[
            "головна", "головне", "новини", "усі новини", "всі новини", "читати далі", "підписатися", "підписатись",
            "поділитися", "поділитись", "коментарі", "коментувати", "залишити коментар", "меню", "пошук", "увійти",
            "реєстрація", "закрити", "вгору", "нагору", "ще", "показати ще", "наступна стаття", "попередня стаття",
            "наступна новина", "попередня новина", "роздрукувати", "контакти", "про нас", "редакція", "відео",
            "скопіювати посилання",
        ],
        lists: &[
            "читайте також", "популярне", "за темою", "по темі", "матеріали за темою", "схожі новини",
            "останні новини", "стрічка новин", "рекомендуємо",
        ],
        opening: &[
            "читайте також:", "теги:", "джерело:", "фото:", "опубліковано", "оновлено", "попередня стаття",
            "наступна стаття", "дивіться також",
        ],
        pleas: &["підписуйтесь на", "підписуйтеся на", "підпишіться на", "усі права захищені"],
    },
    // German
    Words {
        whole: &[
            "startseite", "anmelden", "abmelden", "abonnieren", "jetzt abonnieren", "anzeige", "anzeigen",
            "artikel teilen", "teilen", "drucken", "merken", "kommentare", "kommentieren", "kommentar schreiben",
            "mehr", "mehr anzeigen", "mehr lesen", "weiterlesen", "weiter lesen", "beliebt", "nach oben", "zurück",
            "zurück zur startseite", "vorheriger artikel", "nächster artikel", "schließen", "suche", "menü",
            "impressum", "datenschutz", "kontakt", "registrieren", "themen", "schlagworte", "nachrichten", "politik",
            "newsletter abonnieren", "link kopieren", "bildergalerie", "zur startseite",
        ],
        lists: &[
            "mehr zum thema", "lesen sie auch", "das könnte sie auch interessieren", "verwandte artikel",
            "ähnliche artikel", "meistgelesen", "meistgelesene artikel", "empfohlen",
        ],
        opening: &[
            "lesen sie auch:", "lesen sie auch", "mehr zum thema:", "stand:", "quelle:", "foto:", "bild:",
            "veröffentlicht am", "aktualisiert am", "von unserem", "vorheriger artikel", "nächster artikel",
            "schlagworte:", "themen:",
        ],
        pleas: &["alle rechte vorbehalten", "abonnieren sie"],
    },
    // French
    Words {
        whole: &[
            "accueil", "à la une", "abonnez-vous", "s'abonner", "je m'abonne", "se connecter", "connexion",
            "inscription", "s'inscrire", "partager", "imprimer", "commentaires", "commenter",
            "laisser un commentaire", "publicité", "lire la suite", "lire plus", "voir plus", "en savoir plus",
            "fermer", "retour en haut", "haut de page", "article précédent", "article suivant", "précédent",
            "suivant", "recherche", "rechercher", "contact", "mentions légales", "politique de confidentialité",
            "suivez-nous", "vidéo", "vidéos", "actualités", "newsletter", "copier le lien",
        ],
        lists: &[
            "à lire aussi", "lire aussi", "articles liés", "articles similaires", "sur le même sujet",
            "sur le même thème", "les plus lus", "dernières nouvelles", "recommandé pour vous",
        ],
        opening: &[
            "lire aussi :", "lire aussi:", "à lire aussi :", "publié le", "mis à jour le", "modifié le",
            "crédit photo", "photo :", "article précédent", "article suivant", "avec afp", "par notre",
        ],
        pleas: &["tous droits réservés", "suivez-nous sur", "abonnez-vous à", "inscrivez-vous"],
    },
    // Spanish and Portuguese
    Words {
        whole: &[
            "inicio", "portada", "suscríbete", "suscribirse", "suscribete", "iniciar sesión", "registrarse",
            "compartir", "imprimir", "comentarios", "comentar", "deja un comentario", "publicidad", "leer más",
            "ver más", "más información", "cerrar", "volver arriba", "artículo anterior", "artículo siguiente",
            "anterior", "siguiente", "buscar", "menú", "contacto", "aviso legal", "síguenos", "noticias", "boletín",
            "copiar enlace", "etiquetas", "início", "assine", "assine já", "entrar", "compartilhar", "partilhar",
            "comentários", "publicidade", "saiba mais", "fechar", "voltar ao topo", "artigo anterior",
            "próximo artigo", "pesquisar",
        ],
        lists: &[
            "más noticias", "lee también", "lea también", "te puede interesar", "también te puede interesar",
            "artículos relacionados", "noticias relacionadas", "contenido relacionado", "lo más leído",
            "lo más visto", "últimas noticias", "leia mais", "leia também", "veja também", "notícias relacionadas",
            "mais lidas", "últimas notícias",
        ],
        opening: &[
            "lee también:", "lea también:", "te puede interesar:", "publicado el", "actualizado el", "fuente:",
            "foto:", "etiquetas:", "artículo anterior", "artículo siguiente", "leia também:", "publicado em",
            "atualizado em",
        ],
        pleas: &["todos los derechos reservados", "síguenos en", "suscríbete a", "todos os direitos reservados"],
    },
    // Italian, Dutch, Polish
    Words {
        whole: &[
            "leggi tutto", "continua a leggere", "condividi", "commenti", "pubblicità", "abbonati", "iscriviti",
            "accedi", "chiudi", "torna su", "articolo precedente", "articolo successivo", "cerca", "lees meer",
            "lees verder", "deel", "delen", "reacties", "advertentie", "abonneren", "inloggen", "sluiten",
            "terug naar boven", "vorig artikel", "volgend artikel", "zoeken", "czytaj więcej", "udostępnij",
            "komentarze", "reklama", "subskrybuj", "zaloguj się", "zaloguj", "zamknij", "do góry",
            "poprzedni artykuł", "następny artykuł", "szukaj",
        ],
        lists: &[
            "leggi anche", "articoli correlati", "più letti", "ultime notizie", "lees ook", "gerelateerde artikelen",
            "meest gelezen", "laatste nieuws", "czytaj także", "czytaj też", "zobacz także", "zobacz też",
            "powiązane artykuły", "najczęściej czytane", "najnowsze",
        ],
        opening: &[
            "leggi anche:", "pubblicato il", "aggiornato il", "fonte:", "lees ook:", "bron:", "gepubliceerd op",
            "czytaj także:", "czytaj też:", "zobacz także:", "źródło:", "opublikowano", "aktualizacja:",
        ],
        pleas: &[],
    },
    // Arabic, Persian, Hebrew
    Words {
        whole: &[
            "الرئيسية", "الصفحة الرئيسية", "اقرأ المزيد", "المزيد", "شارك", "مشاركة", "شارك المقال", "تعليقات",
            "التعليقات", "اترك تعليقا", "إعلان", "إعلانات", "اشترك", "اشترك الآن", "تسجيل الدخول", "إغلاق", "بحث",
            "القائمة", "المقال السابق", "المقال التالي", "طباعة", "اتصل بنا", "من نحن", "العودة إلى الأعلى",
            "انسخ الرابط", "تابعنا", "بیشتر بخوانید", "اشتراک گذاری", "نظرات", "تبلیغات", "قرا עוד", "קרא עוד",
            "קראו עוד", "שתף", "תגובות", "פרסומת",
        ],
        lists: &[
            "اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "مقالات ذات صلة", "أخبار ذات صلة", "مواضيع ذات صلة",
            "الأكثر قراءة", "آخر الأخبار", "مطالب مرتبط",
        ],
        opening: &["اقرأ أيضا:", "اقرأ أيضاً:", "المصدر:", "آخر تحديث", "بیشتر بخوانید:"],
        pleas: &["تابعنا على", "اشترك في", "جميع الحقوق محفوظة"],
    },
    // Chinese, Japanese, Korean
    Words {
        whole: &[
            "首页", "分享", "评论", "广告", "阅读更多", "更多", "返回顶部", "订阅", "登录", "注册", "上一篇", "下一篇", "搜索", "關閉", "关闭", "分享到",
            "ホーム", "シェア", "コメント", "広告", "続きを読む", "もっと見る", "ページトップへ", "購読", "ログイン", "前の記事", "次の記事", "検索", "閉じる", "홈",
            "공유", "공유하기", "댓글", "광고", "더보기", "구독", "로그인", "이전 기사", "다음 기사", "검색", "닫기",
        ],
        lists: &["相关新闻", "相关文章", "相关阅读", "関連記事", "関連ニュース", "관련기사", "관련 기사"],
        opening: &[
            "责任编辑", "来源:", "来源：", "编辑:", "编辑：", "上一篇", "下一篇", "相关阅读", "関連記事:", "関連記事：", "前の記事", "次の記事", "저작권자",
            "무단 전재", "이전 기사", "다음 기사",
        ],
        pleas: &[],
    },
];

/// What names a picture's maker or agency: a line with one of these and no more than a caption's length is a caption.
#[rustfmt::skip]
pub(super) const CREDITS: &[&str] = &[
    "(photo", "[photo", "photo:", "photo by", "photograph:", "photograph by", "picture:", "image:", "(image",
    "image credit", "image source", "image caption", "media caption", "credit:", "getty images", "/getty", "via getty", "/reuters", "/afp", "afp via",
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
