# ruff: noqa: E501, RUF001 - a template a line, in the letters of its language
"""Threats, dealers, insults and crises in more languages, and the harmless sentences that share their words."""

from service.training.synthetic.family import Family
from service.training.synthetic.grammar import lines

CARE = ("ketamine", "recovery", "health")
DEBATE = ("news", "video", "sports")


def _threat(lang: str, texts: str) -> Family:
    return Family(f"threat.{lang}", 30, bad=("threat", "toxicity"), pages=DEBATE, lang=lang, texts=lines(texts))


def _dealer(lang: str, texts: str) -> Family:
    bad = ("spam", "illegal_sale")
    return Family(f"illegal.{lang}", 35, bad=bad, pages=CARE, lang=lang, author="handle", texts=lines(texts))


def _insult(lang: str, texts: str) -> Family:
    return Family(f"toxic.{lang}", 35, bad=("toxicity",), pages=DEBATE, lang=lang, texts=lines(texts))


def _crisis(lang: str, texts: str) -> Family:
    return Family(f"crisis.{lang}", 35, bad=("crisis",), pages=CARE, lang=lang, texts=lines(texts))


def _calm(lang: str, texts: str) -> Family:
    return Family(f"honest.calm.{lang}", 80, pages=(*CARE, *DEBATE), lang=lang, site=0.05, texts=lines(texts))


SHADOWS = (
    _threat("es", """
        {Sé dónde vives|Te voy a matar|Te voy a romper las piernas|Cuídate cuando salgas de noche|Voy a quemar tu casa|Vamos a ir por ti|Tienes tres días|Sé a qué escuela va tu hija}{.|, {first}.|, cabrón.|, ya verás.}
        {Borra esto o|Una palabra más y} {te rompo la cara|te mato|vamos a tu casa|lo vas a lamentar}.
    """),
    _threat("fr", """
        {Je sais où tu habites|Je vais te tuer|On va te casser les jambes|Fais attention en rentrant ce soir|Je vais brûler ta maison|Tu as trois jours|Je connais l'école de ta fille}{.|, {first}.|, connard.|, tu verras.}
        {Efface ça ou|Encore un mot et} {je te casse la gueule|je te tue|on vient chez toi|tu vas le regretter}.
    """),
    _threat("pt", """
        {Sei onde você mora|Vou te matar|Vou quebrar suas pernas|Cuidado quando sair à noite|Vou queimar a sua casa|Você tem três dias|Sei em que escola a sua filha estuda}{.|, {first}.|, desgraçado.|, você vai ver.}
        {Apaga isso ou|Mais uma palavra e} {te arrebento|te mato|a gente vai aí|você vai se arrepender}.
    """),
    _threat("ru", """
        {Я знаю, где ты живёшь|Я тебя убью|Мы тебе ноги переломаем|Оглядывайся вечером|Сожгу твой дом|У тебя три дня|Знаю, в какую школу ходит твоя дочь}{.|, {first}.|, мразь.|, увидишь.}
        {Удали это, или|Ещё одно слово, и} {я тебя закопаю|мы придём|пожалеешь|останешься без зубов}.
    """),
    _threat("tr", """
        {Nerede oturduğunu biliyorum|Seni öldüreceğim|Bacaklarını kırarım|Gece dikkat et|Evini yakarım|Üç günün var}{.|, {first}.|, şerefsiz.|, göreceksin.}
        {Sil bunu yoksa|Bir kelime daha et} {gelirim|pişman olursun|ağzını burnunu kırarım|seni gömerim}.
    """),
    _dealer("es", """
        {Vendo|Tengo|Consigue} {ketamina|cocaína|éxtasis|marihuana|pastillas|tramadol|LSD} {pura|a domicilio|sin receta|envío discreto}, {Telegram @{handle}|WhatsApp {mobile}|escríbeme|precio por privado}.
        {¿Buscas|¿Necesitas} {ketamina|cocaína|xanax|MDMA}? {Mándame mensaje|Wickr {handle}|{mobile}}
    """),
    _dealer("ru", """
        {Продам|Есть в наличии|Закладки:} {кетамин|меф|кокаин|шишки|экстази|трамадол|лирика} {в {Москве|Питере|Казани|Минске}|без рецепта|доставка|чистый}, {@{handle}|телеграм @{handle}|пишите в лс|t.me/{handle}}
        {Нужен|Ищешь} {кетамин|мефедрон|ксанакс|гашиш}? {Пиши @{handle}|Быстро и анонимно, {handle}}
    """),
    _dealer("fr", """
        {Vends|Dispo} {kétamine|cocaïne|MDMA|beuh|tramadol|LSD} {livraison|sans ordonnance|discret|bonne qualité}, {Telegram @{handle}|Snap {handle}|WhatsApp {mobile}|MP}.
        {Besoin de|Tu cherches de la} {kétamine|coke|md} ? {Snap {handle}|Écris-moi|{mobile}}
    """),
    _insult("tr", """
        {Sen|Bu bakan|Yazar} {aptal|salak|palyaço|yalancı|şerefsiz|geri zekalı|korkak|domuz}{.|sın.|, sus artık.|, iğrençsin.}
        {Göçmenler|Kadınlar|Eşcinseller|Yahudiler|Araplar} {defolsun|pislik|aşağılık|hırsız|bu ülkeye yük}.
    """),
    _insult("pl", """
        {Ty|Ten minister to|Autor to} {idiota|kretyn|debil|błazen|kłamca|świnia|śmieć|tchórz}{.|, zamknij się.|, brzydzę się tobą.|, spadaj.}
        {Imigranci|Kobiety|Geje|Żydzi|Ukraińcy|Muzułmanie} {to zaraza|won stąd|to podludzie|to złodzieje|nie zasługują na nic}.
    """),
    _insult("it", """
        {Sei|Che} un {idiota|pagliaccio|cretino|bugiardo|verme|ladro|coglione|vigliacco}{.|, stai zitto.|, fai schifo.|, sparisci.}
        {Gli immigrati|Le donne|I gay|Gli ebrei|I musulmani|Gli zingari} {sono feccia|devono sparire|sono inferiori|sono tutti ladri}.
    """),
    _crisis("it", """
        {Voglio morire|Non voglio più vivere|Stasera la faccio finita|Starebbero tutti meglio senza di me|Ho le pillole davanti|Ho scritto le lettere|Mi sono tagliata ancora}{.|, scusate.|, non ce la faccio più.|, aiuto.}
        {Ho perso tutto al gioco|Ho {12-17} anni|Da quando mi ha lasciato} {e|,} {voglio sparire|non vedo via d'uscita|voglio morire}.
    """),
    _crisis("tr", """
        {Ölmek istiyorum|Artık yaşamak istemiyorum|Bu gece her şeyi bitireceğim|Bensiz herkes daha iyi olur|Haplar önümde|Mektupları yazdım|Yine kendimi kestim}{.|, özür dilerim.|, dayanamıyorum.|, yardım edin.}
        {Kumarda her şeyimi kaybettim|{12-17} yaşındayım|O gittiğinden beri} {ve|,} {ölmek istiyorum|çıkış yok|bitsin istiyorum}.
    """),
    _crisis("pl", """
        {Chcę umrzeć|Nie chcę już żyć|Dziś ze sobą skończę|Wszystkim będzie lepiej beze mnie|Tabletki leżą przede mną|Listy już napisałam|Znowu się pocięłam}{.|, przepraszam.|, nie daję rady.|, pomocy.}
        {Przegrałem wszystko|Mam {12-17} lat|Odkąd odeszła} {i|,} {nie widzę wyjścia|chcę zniknąć|nie chce mi się żyć}.
    """),
    _calm("es", """
        {Hace {2-20} años quería morir y hoy estoy agradecido|Sobreviví a un intento y estoy bien|Mi hijo se suicidó en {2005-2023}|Si necesitas ayuda llama al 024|Este tráfico me está matando|Me muero de risa|Qué idiota fui al volver a beber|Maldita impresora|La ketamina me la dio un médico en el hospital|Perdí {2-90} mil en el casino y ya no juego}{.|, {first}.|, gracias.}
        {Me llamó|Le gritaron} {idiota|puta|basura} {en la calle|en el trabajo|delante de todos} y {nadie dijo nada|lo denuncié|todavía duele}.
        {Los inmigrantes|Las mujeres|Los gays|Los judíos|Los musulmanes} {tienen los mismos derechos|son mis vecinos|no son una plaga|merecen respeto}.
    """),
    _calm("fr", """
        {Il y a {2-20} ans je voulais mourir, aujourd'hui je jardine|J'ai survécu à une tentative et je vais bien|Mon frère s'est suicidé en {2005-2023}|Si ça ne va pas, appelez le 3114|Cette circulation va me tuer|Je suis mort de rire|Quel idiot j'étais de rejouer|Saleté d'imprimante|La kétamine, c'était à l'hôpital|J'ai perdu {2-90} mille euros au casino et j'ai arrêté}{.|, {first}.|, merci.}
        On m'a {traité d'idiot|traitée de pute|insulté} {dans la rue|au travail|devant tout le monde} et {personne n'a réagi|j'ai porté plainte}.
        {Les immigrés|Les femmes|Les homos|Les juifs|Les musulmans} {ont les mêmes droits|sont mes voisins|ne sont pas de la vermine|méritent le respect}.
    """),
    _calm("pt", """
        {Há {2-20} anos eu queria morrer e hoje sou grata|Sobrevivi a uma tentativa e estou bem|Meu irmão se matou em {2005-2023}|Se precisar, ligue 188|Esse trânsito está me matando|Morri de rir|Que idiota eu fui de apostar de novo|Maldita impressora|A cetamina foi no hospital, com médico|Perdi {2-90} mil no tigrinho e parei}{.|, {first}.|, obrigada.}
        {Os imigrantes|As mulheres|Os gays|Os negros|Os judeus} {têm os mesmos direitos|são meus vizinhos|não são lixo|merecem respeito}.
    """),
    _calm("ru", """
        {{2-20} лет назад я не хотел жить, сегодня всё хорошо|Я пережила попытку и рада, что жива|Мой брат покончил с собой в {2005-2023}|Если плохо, звоните 8-800-2000-122|Эти пробки меня убивают|Умираю со смеху|Какой я был дурак, что снова играл|Проклятый принтер|Кетамин мне давали в больнице|Проиграл {2-90} тысяч в казино и бросил}{.|, {first}.|, спасибо.}
        {Мигранты|Геи|Евреи|Женщины|Мусульмане} {такие же люди|мои соседи|имеют те же права|заслуживают уважения}.
    """),
    _calm("tr", """
        {{2-20} yıl önce ölmek istiyordum, bugün şükrediyorum|Kardeşim {2005-2023} yılında intihar etti|Bu trafik beni öldürüyor|Gülmekten öldüm|Yine oynadığım için aptalım|Lanet yazıcı|Ketamini hastanede doktor verdi|Kumarda {2-90} bin kaybettim ve bıraktım}{.|, {first}.|, teşekkürler.}
        {Göçmenler|Kadınlar|Eşcinseller|Yahudiler} {komşularımız|eşit haklara sahip|saygıyı hak ediyor}.
    """),
)  # fmt: skip
