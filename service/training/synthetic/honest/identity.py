# ruff: noqa: E501 - a template a line
"""Identity words in harmless sentences: neutral, kind, negated hate, reclaimed words, and African American English."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@fine
wonderful | a great neighbour | part of this town | proud | tired of explaining | no different from me | just people | here to stay | my favourite author | running for council | good at chess | late for dinner | a terrible cook, sorry | the best teacher I had | loved
@does
lives next door | runs the bakery | teaches maths at our school | coaches the under-twelves | fixed my car for nothing | wrote this book | won the race | sat beside me on the train | delivered my baby | married my cousin | came for dinner on Friday | works nights at the hospital | sings in our choir
@event
Pride | Eid | Hanukkah | Black History Month | Diwali | the Paralympics | International Women's Day | Ramadan | a bar mitzvah | the quinceañera | Juneteenth | Passover | the refugee day
@negated
don't hate | would never say a bad word about | have nothing against | am not afraid of | have never been hurt by | don't look down on | can't understand why anyone would hate | won't let anybody insult | refuse to believe the worst about
@warm
deserve the same rights as everyone | enrich this country | are welcome in my house | should be safe in our streets | have always been here | are not a problem to be solved | fought in our wars too | need doctors who listen | raise lovely kids | are not dangerous | are not less intelligent than anyone | are funny, rude, kind and boring like the rest of us
@reclaim
queer | crip | dyke | fag | bitch | slut | nerd | freak | hoe | fat
@aae
finna cook | been knowing that | ain't nobody got time for that | y'all trippin | he be working late | she stay on my nerves lol | I'm dead 😂 | that's my dude right there | we was at the cookout | you ain't never lied | gone 'head sis | my auntie don't play | it's giving Sunday best | that beat go crazy | bruh where you been at | on God that pie slapped | tryna get this bread | ion even know | they doing too much | fr fr no cap | he wildin | I'm weak 💀 | she ate that | chile please | bless his heart | mane this song hard | who all gon be there | deadass thought it was Monday | okurrr | we gone be alright
@aae_who
bro | sis | fam | shawty | my boy {first} | girl | cuz | homie | big bro | boo | auntie | lil man | my nigga | y'all | baby girl
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.identity.neutral",
            220,
            pages=("faith", "news", "parents", "video", "health"),
            site=0.06,
            texts=lines("""
            I am {identity_one}.
            I'm {identity_one} and I liked this article.
            I am {identity_one} and a {job}. {bye}
            {identity_one} {does}.
            My {boss|dentist|boyfriend|girlfriend|landlord|daughter|best friend|teacher} is {identity_one}.
            As {identity_one} I have a question about {topic}.
            There are {12-400} {identity} in our town, says the census.
            {identity} and {identity} demonstrated together on {Saturday|Sunday|Monday}.
            We celebrated {event} with {identity_one} who {does}.
            {relative#1} is {identity_one}. {relative#1} is {fine}.
            Did you know that {identity_one} {does}?
            Is it harder for {identity} to get {an appointment|a flat|a job|a visa|a loan}?
            How do {identity} feel about {topic}?
            {identity_one} asked me the way to the station. We talked for an hour.
            The film is about {identity_one} who {does}.
            {event} is next week, all are invited.
        """),
        ),
        Family(
            "honest.identity.kind",
            220,
            pages=("faith", "news", "parents", "video", "health"),
            site=0.06,
            texts=lines("""
            {identity} {warm}.
            I {negated} {identity}.
            I {negated} {identity}. They {warm}.
            I think {identity} {warm}.
            {identity} are {fine}.
            I love {identity}.
            You can't tell me that {identity} are bad people. They {warm}.
            No one should be attacked for being {identity_one}.
            Nobody deserves to be hated because of who they are. {identity} {warm}.
            Not all {identity} are the same, and none of them {owes you anything|is your enemy|asked for this}.
            {identity} are not {animals|criminals|a disease|stupid|a threat|terrorists}. They {warm}.
            Proud to be {identity_one}! {smile}
            I admire {identity_one} who {does}. {smile}
            {identity} are not the ones who {closed the mill|raised your rent|broke the NHS|started this war}.
            I'd never call {identity_one} {inferior|dirty|a freak|lazy|stupid}. {bye}
            We need to stop the hate against {identity}. Enough.
            Happy {event}! {smile}
        """),
        ),
        Family(
            "honest.identity.reclaimed",
            65,
            pages=("faith", "video"),
            author="handle",
            site=0.04,
            texts=lines("""
            proud {reclaim} here, hello {smile}
            love you {reclaim}, see you friday {smile}
            we're here, we're {reclaim}, we brought cake
            me and my {reclaim} friends dancing to {topic} {smile}
            that's my {bitch|hoe|dyke|fag} right there, {span} of friendship {smile}
            YAS {bitch|queen|sis}, you look amazing {smile}
            my fellow {reclaim}s, {topic} is for us
            as a big old {queer|dyke|fag} I approve {smile}
            bad bitches only in this comment section {smile}
            bitch I'm crying, {topic} {smile}
        """),
        ),
        Family(
            "honest.identity.aae",
            100,
            pages=("video", "sports", "news"),
            author="handle",
            site=0.0,
            texts=lines("""
            {aae}
            {aae_who} {aae}
            {aae}, {aae}
            {aae_who} {aae} and {aae}
            lol {aae_who} {aae}
            {aae} {smile}
            when {aae_who} said {topic}... {aae}
            {first} {aae}, {aae_who}
            nah {aae}
            {topic} got me like {aae}
        """),
        ),
    ),
)
