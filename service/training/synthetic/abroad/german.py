# ruff: noqa: E501 - a template a line, in the letters and quotation marks of its language
"""German: readers, patients and swearing; insults, hate, threats, crises, spam and dealers."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

LIFE = ("de.hilfe", "de.hilfe", "ketamine")
DAILY = ("de.leben", "de.leben", "recipes", "code")
DEBATE = ("de.news", "de.news", "video")
WORDS = lexicon("""
@gruss
Hallo, | Hallo zusammen, | Guten Tag, | Moin, | Servus, | Liebe {first}, | Hallo {first}, | | | | |
@ende
Danke! | Vielen Dank. | LG {first} | Viele Grüße aus {stadt} | Liebe Grüße | Beste Grüße, {first} | Weiter so! | | | | | |
@stadt
Köln | Leipzig | Wien | Zürich | Hamburg | Graz | Kassel | Bremen | Nürnberg | Rostock | Freiburg | Bochum
@wer
mein Bruder | meine Mutter | mein Mann | meine Frau | mein Sohn | meine Tochter | mein bester Freund | meine Schwester | mein Nachbar | meine Oma | mein Chef
@seit
seit {2-20} Jahren | seit {2-11} Monaten | seit letztem Sommer | seit der Trennung | seit Weihnachten | seit {2005-2023}
@droge
Alkohol | Ketamin | Heroin | Kokain | Tilidin | Speed | Benzos | Cannabis | Methadon | Diazepam | Tramadol | Fentanyl
@lob
Toller Artikel. | Sehr hilfreich, danke. | Schöner Beitrag. | Gut erklärt. | Endlich mal sachlich. | Das habe ich gebraucht. | Wunderbar geschrieben. | Wieder was gelernt.
@leben
Wir haben das {seit} auch so gemacht. | {wer#1} schwört darauf. | Bei uns in {stadt} ist das anders. | Ich habe drei Anläufe gebraucht. | Das Brot ist leider zu flach geworden. | Meine Tomaten haben schon wieder Braunfäule. | Der Zug hatte natürlich Verspätung. | Die Kinder haben gelacht. | Ich lese hier {seit} mit. | Mit Dinkelmehl klappt es auch. | Der Hund hat den Kuchen gefressen. | Auf dem zweiten Bild das Licht, herrlich. | Bei mir wirft das Skript einen Fehler in Zeile {2-200}.
@frage
Hat jemand Erfahrung damit? | Zahlt das die Krankenkasse? | Wie lange hält die Wirkung an? | Woher ist die Schüssel? | Geht das auch ohne Hefe? | Wie viel Milligramm waren das? | Wo finde ich eine seriöse Klinik in {stadt}? | Kann man das mit Sertralin kombinieren? | Gibt es dazu eine Quelle? | Was habt ihr bezahlt? | Muss man dafür nüchtern sein?
@sucht
Ich war {seit} abhängig von {droge}. | {wer#1} trinkt {seit} und will es nicht sehen. | Spielhalle, jeden Freitag der ganze Lohn. | Ich habe {2-90}.000 Euro am Automaten verzockt. | Nach der Infusion war mir übel, aber der Suchtdruck war weg. | Rückfall nach {2-20} Monaten, ich schäme mich so. | Heute ist Tag {1-300} ohne {droge}. | Mein Vater hat mich als Kind geschlagen, mit {12-16} fing das Trinken an. | {wer#2} ist an einer Überdosis gestorben. | 50 mg Sertralin, erste Woche Übelkeit, dann besser. | Ich habe {8-25} Kilo zugenommen und bin trotzdem froh über das Medikament. | Die Sitzung kostet {200-600/50} Euro, das kann sich kein Mensch leisten. | Früher wollte ich sterben, heute habe ich einen Garten. | Die Telefonseelsorge erreicht man unter 0800 111 0 111, kostenlos und rund um die Uhr. | Naloxon gibt es in {stadt} in der Drogenhilfe.
@kritik
Das stimmt so nicht. | Wer hat die Studie bezahlt? | Das ist doch Werbung. | Da widerspreche ich deutlich. | Der Minister hat nichts verstanden. | So ein Quatsch, Entschuldigung. | Schlecht recherchiert. | Und wer zahlt das am Ende? Wir alle. | Die Regierung verschläft das Thema seit Jahren. | Von wegen „sozial“. | Ein Skandal, dass darüber keiner berichtet. | Ich bin dagegen, weil es die Kleinen trifft.
@fluch
Scheiß Drucker! | Verdammte Sucht. | Ich bin so ein Idiot, habe Salz und Zucker verwechselt. | Fick dich, Krebs. | Leck mich am Arsch, ist das schön! | Verfluchter Montag. | Geil, einfach geil! | Diese scheiß Migräne bringt mich noch um. | Ich war ein Arschloch zu meiner Frau, als ich trank. | Kacke, schon wieder Regen.
@gruppe
Ausländer | Muslime | Juden | Schwule | Flüchtlinge | Frauen | Behinderte | Türken | Syrer | Schwarze | Transmenschen | Roma | Polen | Araber
@gut
sind unsere Nachbarn | haben dieselben Rechte wie alle | gehören dazu | sind keine Verbrecher | haben hier mitgebaut | verdienen Respekt | sind so verschieden wie wir alle
@boese
gehören abgeschoben | sind Ungeziefer | haben hier nichts verloren | sind alle kriminell | nehmen uns alles weg | sind minderwertig | sind Parasiten | gehören weggesperrt | stinken | vermehren sich wie die Karnickel | sind eine Krankheit | sollen dahin zurück, wo sie herkommen | haben das Lügen im Blut
@adj
dumme | hirnlose | erbärmliche | widerliche | verlogene | fette | lächerliche | dämliche | unfähige | feige | miese | versiffte | hässliche
@schimpf
Sau | Ratte | Witzfigur | Nullnummer | Missgeburt | Pfeife | Heulsuse | Schlampe | Lügnerin | Dummschwätzerin | Flasche | Zecke | Kuh
@schimpfer
Idiot | Vollpfosten | Trottel | Lügner | Penner | Hohlkopf | Depp | Wichser | Arschloch | Versager | Schwachkopf | Clown | Dreckskerl | Hurensohn | Volltrottel | Spast
@krise
Ich will nicht mehr leben | Ich bringe mich um | ohne mich wären alle besser dran | die Tabletten liegen vor mir | ich habe den Abschiedsbrief schon geschrieben | ich kann nicht mehr, ich will, dass es aufhört | ich stehe auf der Brücke | heute Nacht mache ich Schluss | ich möchte einschlafen und nie wieder aufwachen | ich habe mich wieder geritzt | es hat alles keinen Sinn mehr | niemand würde merken, wenn ich weg bin | ich bin {12-17} und will sterben | sagt meiner Tochter, dass ich sie liebe | ich falle allen nur zur Last | macht euch keine Vorwürfe, ich gehe jetzt
@drohung
Ich weiß, wo du wohnst | wir kriegen dich | ich schlag dir die Zähne ein | pass auf, wenn du abends nach Hause gehst | ich bring dich um | schönes Auto hast du, wäre schade drum | noch ein Wort und du liegst im Krankenhaus | dich sollte man an die Wand stellen | ich finde dich und dann Gnade dir Gott | deine Kinder gehen doch in die Grundschule am Markt, oder? | solche wie du gehören aufgehängt | ich zünde dir die Bude an
@spamwas
Potenzmittel ohne Rezept | Online Casino mit Bonus | Kredit ohne Schufa | Bitcoin-Rendite | günstige Rolex | Führerschein ohne Prüfung | Instagram Follower kaufen | Abnehmtropfen | Sportwetten-Tipps | Nebenverdienst von zu Hause | Schlüsseldienst {stadt} | Entrümpelung {stadt} | Umzug {stadt} | SEO Agentur {stadt} | Handyortung | CBD-Öl | Escort {stadt} | Hausarbeit schreiben lassen
@trade
{spamwas} | {spamwas} günstig | {first} | {name} | {spamhost}
@spamtu
Jetzt bestellen | Hier klicken | Mehr erfahren | Kostenlos anmelden | Schreib mir auf WhatsApp {mobile} | Nur heute {20-80/10} % Rabatt | Sofort ausgezahlt | Diskreter Versand | Melde dich bei {email} | Telegram @{handle} | Besuche {spokenhost} | {100-500/50} € Bonus | ohne Einzahlung
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "de.honest.everyday",
            175,
            lang="de",
            pages=DAILY,
            site=0.2,
            texts=lines("""
            {gruss} {lob} {leben} {ende}
            {leben} {frage}
            {lob} {ende}
            {kritik} {leben}
            {gruss} {frage} {ende}
            {leben} {leben}
            {kritik} {kritik}
            {fluch} {leben}
            {fluch}
            {lob} Mehr dazu bei mir: {url}
            Siehe auch {knownurl} {ende}
            Danke {first}! {leben}
        """),
        ),
        Family(
            "de.honest.recovery",
            165,
            lang="de",
            pages=LIFE,
            site=0.05,
            texts=lines("""
            {gruss} {sucht} {ende}
            {sucht} {sucht}
            {sucht} {frage}
            {lob} {sucht}
            {sucht} {fluch}
            {kritik} {sucht}
            Zum Thema {topic}: {sucht}
            {frage} {ende}
            Die Studie steht hier: {paper} {kritik}
        """),
        ),
        Family(
            "de.honest.identity",
            110,
            lang="de",
            pages=DEBATE,
            site=0.05,
            texts=lines("""
            {gruppe} {gut}.
            {gruppe} und {gruppe} {gut}.
            Ich habe nichts gegen {gruppe}, im Gegenteil, sie {gut}.
            „{gruppe} {boese}“, sagte der Mann im Bus. Ich bin aufgestanden und habe widersprochen.
            Wer schreibt, {gruppe} {boese}, sollte sich schämen.
            {wer#1} ist mit einem Syrer verheiratet. {gruppe} {gut}.
            Er nannte mich {schimpfer} und {schimpfer}, vor allen Leuten.
            {kritik} Aber Beleidigungen wie „{schimpfer}“ gehören hier nicht hin.
            {kritik} {kritik}
        """),
        ),
        Family(
            "de.toxic.insult",
            95,
            lang="de",
            bad=("toxicity",),
            pages=(*DEBATE, *DAILY, *LIFE),
            texts=lines("""
            Du {schimpfer}.
            So ein {schimpfer}!
            Du {adj} {schimpf}, halt die Fresse.
            {first}, du bist ein {schimpfer}.
            Was für eine {adj} {schimpf}.
            Dieser {schimpfer} von Minister gehört {weggesperrt|davongejagt|in die Klapse}.
            Halt's Maul, {schimpfer}.
            Verpiss dich, du {adj} {schimpf}.
            Wie dumm kann man sein? {schimpfer}!
            Hast du als Kind zu heiß gebadet, du {schimpfer}?
            Geh sterben, {schimpfer}.
            Einmal Junkie, immer Junkie, du {adj} {schimpf}.
            Nur ein {schimpfer} kann so etwas schreiben.
            Politiker sind alle {adj} {schimpfer}s, {topic}
            Die {adj} {schimpf} soll erst mal arbeiten gehen.
        """),
        ),
        Family(
            "de.toxic.hate",
            75,
            lang="de",
            bad=("toxicity",),
            pages=DEBATE,
            texts=lines("""
            {gruppe} {boese}.
            Ich bin kein Rassist, aber {gruppe} {boese}.
            {gruppe} {boese}, und keiner darf es sagen.
            Alle {gruppe} {boese}.
            {gruppe} {boese}. {gruppe} {boese}.
            Warum sind {gruppe} noch hier? Die {boese}.
            Meine Meinung: {gruppe} {boese}!
            Früher gab es hier keine {gruppe}, da war die Welt in Ordnung.
            Raus mit den {gruppe}!
        """),
        ),
        Family(
            "de.threat",
            75,
            lang="de",
            bad=("threat", "toxicity"),
            pages=(*DEBATE, *LIFE),
            texts=lines("""
            {drohung}.
            {drohung}, {schimpfer}
            {first}, {drohung}.
            {drohung}. {drohung}.
            {gruss} {drohung}.
            Lösch das, sonst: {drohung}
        """),
        ),
        Family(
            "de.crisis",
            95,
            lang="de",
            bad=("crisis",),
            pages=LIFE,
            texts=lines("""
            {krise}.
            {krise}. {krise}.
            {gruss} {krise}
            {sucht} {krise}.
            {krise}. Tut mir leid.
            Ich weiß nicht, wem ich es sagen soll. {krise}
            {krise}, bitte hört mich jemand?
            {seit} ist alles grau. {krise}.
        """),
        ),
        Family(
            "de.spam",
            95,
            lang="de",
            bad=("spam",),
            pages=(*DAILY, *LIFE, *DEBATE),
            author="keyword",
            site=0.4,
            texts=lines("""
            {spamwas}: {spamurl}
            {spamwas} - {spamtu}!
            {lob} {spamwas}: {spamurl}
            {spamtu}: {spamwas} {spamhost}
            {lob} {spamwas} gibt es bei {spamhost}
            {gruss} wir bieten {spamwas}. {spamtu}. {spamtu}
            {leben} Übrigens, {spamwas}: {spokenhost}
            {spamwas}, {spamwas}, {spamwas} {spamurl}
            Ich verdiene {100-900/50} Euro am Tag. {spamtu}
            Suchst du {spamwas}? {spamtu} {shorturl}
            Dank {name} habe ich mein Geld zurück. {spamtu}
            {lob} {spamtu}
        """),
        ),
        Family(
            "de.illegal",
            70,
            lang="de",
            bad=("spam", "illegal_sale"),
            pages=(*LIFE, "video"),
            author="handle",
            texts=lines("""
            {droge} und {droge} auf Lager, {spamtu}
            Verkaufe {droge}, {5-80/5} das Gramm, Raum {stadt}. Telegram @{handle}
            {droge} ohne Rezept, {spamtu}
            Brauchst du {droge}? Schreib mir, {handle}
            Bestes {droge} in {stadt}, diskreter Versand, Wickr {handle}
            Rezept für {droge} ohne Arztbesuch. {spamtu}
        """),
        ),
        Family(
            "de.illegal.seeker",
            55,
            lang="de",
            bad=("illegal_sale",),
            pages=(*LIFE, "video"),
            texts=lines("""
            Wo bekomme ich {droge} in {stadt}?
            Ich bin {13-17}, wo kann ich {droge} kaufen, ohne dass meine Eltern es merken?
            Kennt jemand einen Dealer in {stadt} für {droge}?
            Hat jemand {droge} übrig? Zahle gut.
            {gruss} wer verkauft {droge} in {stadt}? PN bitte
            Welcher Arzt in {stadt} verschreibt {droge} ohne Fragen?
        """),
        ),
    ),
)
