# ruff: noqa: E501 - a template a line
"""Reactions under videos, matches and games, and messages as people thumb them into a telephone."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@react
this song | that voice | the drop at {1-4}:{10-59} | the guy in the back | the dog in the corner | her face at {0-5}:{10-59} | the bass | the last chorus | the choreography | the bridge | the beat | this video | that dress | the drummer | the cat
@gush
gives me chills | never gets old | makes me cry every time | is everything | is on repeat | had me dead | lives in my head rent free | is underrated | slaps | goes so hard | is a masterpiece | takes me back to {1985-2019} | is fire 🔥 | killed me 😂 | is pure gold
@meh
is overrated | sounds like everything else | is not her best | got boring after ten seconds | is way too long | is autotuned to death | was better live | makes no sense | is kind of annoying | did nothing for me
@who
who is listening in {2014-2025}? | who else came here from {the movie|TikTok|the advert|my dad's playlist|the series}? | anyone here before a million views? | only legends remember this | why did the algorithm bring me here at 3am | {10-900} million views, wow | my {3|5|8}-year-old dances to this {often} | we played this at our wedding | my dad used to sing this | what's the name of the song at {1-9}:{10-59}? | the {12-999} people who disliked this are deaf lol | this deserves more views | like if you agree
@cheer
WHAT A GOAL | come on {lads|girls|boys} | worst defending I've seen since {1998-2022} | we were robbed | the ref needs glasses | {3|4|5}-0 and it flattered them | sell him | sign him up for life | best save of the season | see you in the second division | they murdered us in midfield | we got slaughtered | he shot straight at the keeper | our striker couldn't hit a barn door | a killer pass | that was a bloodbath | bring back {first} {last} | I'd die for this club
@game
got killed by the last boss again | headshot from across the map | nerf the sniper pls | I one-shot him with the axe | who wants to raid tonight? | they destroyed us in the third round | stab, roll, repeat | I'm so dead | just burn the village and take the loot | you can kill the knight with poison | camp the bridge and shoot everyone who crosses | uninstalling, bye | gg ez | respawn timer is too long | lol I blew myself up | hit {1200-2900} elo, finally
@sms
on my way, {5-30} mins | did u eat | running late sorry | call me when ur free | happy bday!! | movie at {6-10} tonite? | pick up milk pls | love u | where r u | can u send me the notes | lol ok | cant talk now, in class | gud nite, sweet dreams | did {first} tell u abt saturday | bus is late again | ill b there by {6-11} | kk see u | mum says hi | sorry fell asleep | wat time is the party | got the job!!! | my phone died | pls water the plants | u home? | how was the exam | no worries | haha stop it | dinner at mine? | i left the keys with {first} | is it still raining there
@tail
😂😂 | lol | lmao | omg | ❤️❤️❤️ | 🔥🔥 | 😭 | haha | xD | :P | !!! | 👏👏 | 😍 | wow | ... | rofl | bruh | tbh | | | |
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.video.love",
            90,
            pages=("video",),
            author="handle",
            site=0.0,
            texts=lines("""
            {react} {gush} {tail}
            {who} {tail}
            omg {react} {gush}
            {react} {gush} and {react} {gush} {tail}
            I LOVE {react} {tail}
            {tail} {react} {gush}
            nobody: ... me at 2am: watching this {tail}
            {first} I love you, come to {town} {tail}
            {react} {gush}. {who}
            greetings from {town} {tail}
            can't believe this is {3-40} years old {tail}
            when's the next one coming out? {tail}
            just subscribed, {react} {gush}
            so i showed this to {relative} and now we both can't stop {tail}
            Learned {topic} thanks to you, {span} of practice {tail}
        """),
        ),
        Family(
            "honest.video.dislike",
            60,
            pages=("video",),
            author="handle",
            site=0.0,
            texts=lines("""
            {react} {meh} {tail}
            sorry but {react} {meh}
            am I the only one who thinks {react} {meh}?
            {react} {meh}. The old stuff was better.
            why is everyone hyping this, {react} {meh} {tail}
            Fake. You can see the cut at {1-9}:{10-59} {tail}
            Stop begging for likes, {react} {meh}
            too many ads in this video {tail}
            clickbait title, {react} {meh}
            I hate this song but I can't stop singing it {tail}
        """),
        ),
        Family(
            "honest.sports",
            70,
            pages=("sports",),
            author="handle",
            site=0.0,
            texts=lines("""
            {cheer} {tail}
            {cheer}, {cheer}
            {cheer}. {topic} was a joke.
            {first}, {cheer} {tail}
            Lost again. {cheer}.
            {topic}: {2-9}/10. {cheer}
            Fair play to the away side, they killed us on the counter. {cheer}
            {topic} is why I drink on Saturdays {tail}
            we'll smash them next week, {town} till I die {tail}
        """),
        ),
        Family(
            "honest.games",
            60,
            pages=("games", "video"),
            author="handle",
            site=0.0,
            texts=lines("""
            {game} {tail}
            {game}. {game}
            {topic}: {game} {tail}
            {hello} {game} any tips?
            @{handle} {game}
            took me {span} but {game} {tail}
        """),
        ),
        Family(
            "honest.chat",
            90,
            pages=("video", "news", "home"),
            author="handle",
            site=0.0,
            texts=lines("""
            {sms}
            {sms} {tail}
            {sms}. {sms}
            {first} {sms} {tail}
            hey {sms} {tail}
            {sms}, {sms}?
            ok {sms}
        """),
        ),
    ),
)
