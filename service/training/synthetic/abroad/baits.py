# ruff: noqa: E501, RUF001 - a template a line, in the letters of its language
"""Spam in Spanish, Portuguese, French, Italian, Russian, Turkish, Chinese, Arabic, Polish, Hindi; some insults and crises."""

from service.training.synthetic.family import Family
from service.training.synthetic.grammar import lines

PAGES = ("ketamine", "recovery", "news", "video", "travel", "money", "sports", "code", "games", "health")


def _spam(lang: str, rows: int, texts: str) -> Family:
    return Family(
        f"spam.{lang}", rows, bad=("spam",), pages=PAGES, lang=lang, author="full", site=0.3, texts=lines(texts)
    )


def _insult(lang: str, rows: int, texts: str) -> Family:
    return Family(
        f"toxic.{lang}", rows, bad=("toxicity",), pages=("news", "video", "sports"), lang=lang, texts=lines(texts)
    )


def _crisis(lang: str, rows: int, texts: str) -> Family:
    return Family(
        f"crisis.{lang}", rows, bad=("crisis",), pages=("ketamine", "recovery", "health"), lang=lang, texts=lines(texts)
    )


BAITS = (
    _spam("es", 70, """
        {Casino online|Apuestas deportivas|Tragaperras|Ruleta en vivo} con {bono de {50-500/50} euros|giros gratis|retiro inmediato}: {spamurl}
        {Gana|Gané} {price} {a la semana|al día} desde casa{.|, sin experiencia.} {Escríbeme al WhatsApp {mobile}|Telegram @{handle}|Info en {spokenhost}}
        {Préstamos rápidos|Créditos sin aval|Viagra sin receta|Seguidores de Instagram|Réplicas de relojes|Amarres de amor} {baratos|garantizados|en 24 horas|100% reales} {spamurl}
        {Muy buen artículo|Excelente post|Gracias por compartir}. {Visita mi página|Más información en|Te recomiendo} {spamhost}
        Soy {name}, {el maestro {first} me ayudó a recuperar a mi pareja|perdí todo en criptomonedas y un experto lo recuperó}, {email}
        {Invierte {100-900/100} y recibe {2-9}000|Duplica tu bitcoin|Señales de forex gratis} en {2-9} días, {t.me/{handle}|{mobile}|{shorturl}}
    """),
    _spam("pt", 60, """
        {Tigrinho|Aviator|Cassino online|Apostas esportivas} {pagando muito hoje|com bônus de {50-500/50} reais|com saque no Pix na hora}: {spamurl}
        {Ganhe|Ganhei} {price} por {dia|semana} {trabalhando de casa|só com o celular}, {me chama no WhatsApp {mobile}|link na bio|Telegram @{handle}}
        {Empréstimo para negativado|Seguidores reais|Remédio sem receita|Emagreça {5-20} kg} {aqui|barato|garantido} {spamurl}
        {Ótimo artigo|Adorei o post}. {Confira|Visite meu site} {spamhost}
        {Grupo VIP de sinais|Método secreto|Robô de apostas} {grátis hoje|com 97% de acerto}, {shorturl}
    """),
    _spam("fr", 45, """
        {Casino en ligne|Paris sportifs|Machines à sous} : {bonus de {50-500/50} euros|tours gratuits} {spamurl}
        {Prêt entre particuliers|Crédit rapide|Viagra sans ordonnance|Montres de luxe} {sans justificatif|en 48h|pas cher}, {email}
        {Le grand maître|Le marabout|Docteur} {first} {fait revenir l'être aimé|guérit l'herpès}, WhatsApp {mobile}
        {Très bon article|Merci pour le partage}. {Découvrez|Visitez} {spamhost}
        Gagnez {price} par {jour|semaine} depuis chez vous, {shorturl}
    """),
    _spam("it", 30, """
        {Casinò online|Scommesse|Slot gratis} con bonus di {50-500/50} euro {spamurl}
        {Prestito veloce|Viagra senza ricetta|Follower reali} {in 24 ore|a basso costo} {email}
        {Ottimo articolo|Bel post}, visita {spamhost}
        Guadagna {price} al {giorno|mese} da casa, scrivimi su WhatsApp {mobile}
    """),
    _spam("ru", 100, """
        {Удалённая работа|Подработка онлайн|Работа на дому|Лёгкий заработок} {от {20-90}00 рублей в день|{50-300/10} долларов в день|без опыта|18+}{,|.} {пишите в лс|пиши @{handle}|подробности в телеграм @{handle}|ссылка в профиле|ставь + в комментариях}
        {Казино|Ставки на спорт|Слоты|Рулетка|Вулкан} {с бонусом {100-500/50}%|онлайн|без верификации|с выводом на карту} {spamurl}
        {Схема заработка|Арбитраж крипты|Закрытый канал|Сигналы по крипте|Инвестиции} {даёт {10-90}% в неделю|бесплатно|только сегодня|для новичков}, {t.me/{handle}|@{handle}|{shorturl}}
        {Требуются люди|Ищу {2-9} человек|Набираю команду} {на удалёнку|в новый проект|для обмена USDT}, доход {от {300-900/100}$ в неделю|{20-90} тысяч в неделю}, {в личку|@{handle}}
        {Займ на карту|Кредит без отказа|Виагра без рецепта|Накрутка подписчиков|Диплом на заказ|Приворот} {недорого|срочно|за 5 минут|с гарантией} {spamurl}
        {Отличная статья|Спасибо, полезно}! {Ещё больше на|Рекомендую|Смотрите} {spamhost}
        {Раздача|Розыгрыш|Подарок}: {iPhone|{100-900/100} USDT|Telegram Premium} {каждому|первым ста}, {shorturl}
        Всем привет, {зарабатываю|поднял} {20-90} тысяч {за неделю|за день} {на ставках|на крипте}, {научу|расскажу как}, {@{handle}|{mobile}}
    """),
    _spam("tr", 55, """
        {Canlı bahis|Casino|Slot|Bahis sitesi|Deneme bonusu} {{100-500/50} TL bonus|çevrimsiz|yatırımsız|kesin kazanç} {spamurl}
        {Evden çalışarak|Telefonla} günde {500-5000/500} TL kazan, {WhatsApp {mobile}|Telegram @{handle}|profildeki link}
        {Takipçi satın al|Acil kredi|Reçetesiz ilaç|Kumarda garanti kupon|Medyum hoca} {ucuz|hemen|7/24} {spamurl}
        {Güzel yazı|Teşekkürler}, {siteme de bakın|daha fazlası} {spamhost}
        Dün {spamhost} adresinde {5-90} bin TL kazandım
    """),
    _spam("zh", 60, """
        {网上兼职|日赚{300-900/100}元|在家赚钱|刷单|投资理财}，{加微信 {handle}|联系QQ {100000-99999999}|点击 {shorturl}|私聊}
        {澳门赌场|真人百家乐|老虎机|体育投注|六合彩} {注册送{88-888}元|高赔率|提款快} {spamurl}
        {代写论文|办理证件|发票|贷款|壮阳药|加粉丝} {价格优惠|当天出|信誉第一}，{微信：{handle}|电话 1{3000000000-8999999999}}
        {好文章|学习了}，{欢迎访问|更多内容} {spamhost}
        {稳赚不赔|带单老师|USDT搬砖}，{每天收益{2-30}%|进群 {shorturl}|t.me/{handle}}
    """),
    _spam("ar", 35, """
        {اربح|احصل على} {price} {يوميا|أسبوعيا} من البيت، {واتساب {mobile}|تيليجرام @{handle}}
        {كازينو أونلاين|رهانات رياضية|قروض سريعة|زيادة متابعين|شيخ روحاني} {مضمون|بدون إيداع|الآن} {spamurl}
        {مقال رائع|شكرا}، {زوروا موقعنا|للمزيد} {spamhost}
    """),
    _spam("pl", 35, """
        {Kasyno online|Zakłady bukmacherskie|Automaty} {z bonusem {100-900/100} zł|bez depozytu} {spamurl}
        {Pożyczka bez BIK|Tabletki bez recepty|Obserwujący na Instagram|Praca w domu} {szybko|tanio|od zaraz}, {email}
        {Świetny artykuł|Dzięki za wpis}. {Zapraszam na|Więcej na} {spamhost}
        Zarabiam {price} tygodniowo, napisz na WhatsApp {mobile}
    """),
    _spam("hi", 40, """
        {Ghar baithe|Mobile se} roz {500-5000/500} rupaye kamao, {WhatsApp {mobile}|Telegram @{handle}|link profile mein}
        {सट्टा किंग|ऑनलाइन लोन|वशीकरण|घर बैठे कमाएं} {अभी कॉल करें {mobile}|{spamurl}|१०० प्रतिशत गारंटी {mobile}}
        {Love problem solution|Vashikaran specialist|Black magic} baba {first} ji {mobile} {24 ghante mein|guaranteed}
        {Accha post|Nice} bhai, {spamhost} {pe jao|dekho}
    """),
    _insult("es", 45, """
        {Eres|Qué} {un|un maldito} {idiota|payaso|imbécil|mentiroso|cerdo|inútil|ladrón|estúpido|cobarde}{.|, cállate.|, das asco.|, vete a la mierda.}
        {Este ministro|{first}|El autor} es {un payaso|un parásito|una vergüenza|un ladrón|retrasado}{.| y siempre lo fue.}
        {Los inmigrantes|Las mujeres|Los gays|Los negros|Los judíos|Los musulmanes} {son basura|son una plaga|no merecen nada|deberían irse|son inferiores}.
        {Cállate|Lárgate|Muérete|Vete al infierno}, {perra|gordo asqueroso|drogadicto de mierda|imbécil}.
    """),
    _insult("fr", 35, """
        {Quel|Espèce de} {crétin|abruti|clown|menteur|porc|parasite|connard|lâche}{.| !|, ferme-la.|, tu me dégoûtes.}
        {Les immigrés|Les femmes|Les homos|Les juifs|Les musulmans|Les noirs} {sont de la vermine|n'ont rien à faire ici|sont inférieurs|nous volent tout}.
        {Ferme ta gueule|Va crever|Casse-toi}, {sale junkie|grosse vache|connard|pauvre type}.
    """),
    _insult("pt", 35, """
        {Seu|Que} {idiota|palhaço|imbecil|mentiroso|lixo|burro|verme|vagabundo}{.|, cala a boca.|, some daqui.|, você é nojento.}
        {Os imigrantes|As mulheres|Os gays|Os negros|Os judeus} {são uma praga|são lixo|não prestam|deviam ir embora}.
        {Cala a boca|Morre logo|Vai à merda}, {drogado|gorda nojenta|imbecil|otário}.
    """),
    _insult("ru", 45, """
        {Ты|Автор|Этот министр} {идиот|дурак|клоун|тварь|ничтожество|дебил|урод|лжец|свинья}{.|!|, заткнись.|, чтоб ты сдох.}
        {Мигранты|Геи|Евреи|Бабы|Чёрные|Мусульмане} {не люди|все воры|должны убираться|это зараза|хуже животных}.
        {Заткнись|Сдохни|Пошёл вон}, {наркоман конченый|тупая корова|придурок|мразь}.
    """),
    _crisis("es", 35, """
        {No quiero vivir más|Quiero morirme|Voy a matarme esta noche|Todos estarían mejor sin mí|Tengo las pastillas delante|Ya escribí la carta|Me corté otra vez|Solo quiero dormir y no despertar}{.|, perdón.|, no puedo más.|, ayuda.}
        {Desde que murió {first}|Perdí todo en el casino|Tengo {12-17} años} {y|:} {no quiero seguir|quiero morir|no veo salida|ya no aguanto vivir}.
    """),
    _crisis("fr", 30, """
        {Je veux mourir|Je vais me tuer ce soir|Tout le monde serait mieux sans moi|J'ai les comprimés devant moi|J'ai écrit la lettre|Je me suis encore coupée|Je voudrais m'endormir et ne plus me réveiller}{.|, pardon.|, je n'en peux plus.|, aidez-moi.}
        {Depuis la rupture|J'ai tout perdu au jeu|J'ai {12-17} ans} {et|,} {je ne veux plus vivre|je veux en finir|je n'ai plus la force}.
    """),
    _crisis("pt", 30, """
        {Não quero mais viver|Quero morrer|Vou me matar hoje|Todos ficariam melhor sem mim|Os comprimidos estão na minha frente|Já escrevi a carta|Me cortei de novo}{.|, desculpa.|, não aguento mais.|, me ajudem.}
        {Perdi tudo nas apostas|Tenho {12-17} anos|Desde que ele se foi} {e|,} {quero acabar com tudo|não quero mais estar aqui|não vejo saída}.
    """),
    _crisis("ru", 35, """
        {Я не хочу жить|Хочу умереть|Сегодня я покончу с собой|Всем будет лучше без меня|Таблетки лежат передо мной|Письма уже написаны|Я опять порезала руки|Хочу уснуть и не проснуться}{.|, простите.|, больше не могу.|, помогите.}
        {После развода|Я всё проиграл|Мне {12-17} лет и} {жить не хочется|я хочу умереть|нет выхода|больше нет сил жить}.
    """),
)  # fmt: skip
