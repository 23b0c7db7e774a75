# ruff: noqa: E501 - a template a line
"""Small talk in the short, careless hand of telephones: plans, teasing among friends, questions, weather, food, love."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@where2
at the gym | in class | on the bus | at mum's | in bed | at work | by the station | at the cinema | in town | outside your house | in the library | downstairs | on the train | at the lake
@when2
at {1-9} | after {lunch|school|work|the match|church|dinner} | tomorrow | tonight | on {Friday|Saturday|Sunday} | in {5-50/5} mins | next week | later | before {6-11} | when you're free | this weekend
@eat
pizza | noodles | a kebab | soup | some rice | breakfast | ice cream | curry | tacos | coffee | leftovers | dumplings
@do2
pick me up | call me | bring the charger | get some milk | send me the address | wake me | tell {first} | wait for me | come over | book the tickets | lend me {5-20} quid | check the oven | text {first} back | save me a seat | feed the cat | water the plants | print my essay | let me know
@status
I'm {where2} | still {where2} | just woke up | got home safe | my battery's dying | I've eaten already | train's delayed again | can't talk now | stuck {where2} | so full | freezing here | got a day off | failed my driving test again | passed the exam!! | I'm broke till Friday | got a cold | finished the book | missed the bus | it's raining cats and dogs | the baby's asleep | my head hurts | watching the match
@tease
you're such a dork haha | stop being late all the time, silly | you owe me {eat} | I hate you for eating the last one lol | you big baby | shut up, no way!! | you lucky thing | you're mad, you know that? | I'll never forgive you for that joke | you're terrible, I love it | get out, really? | damn you and your good hair | you monster, you finished the series without me | idiot (the affectionate kind) | you're the worst, see you at eight
@sweet
miss you | love you loads | thinking of you | sweet dreams | good luck today, you'll smash it | proud of you | hugs | happy birthday old man | get well soon | thanks for last night, was lovely | you're the best | can't wait to see you | well done you | sorry about earlier | how are you feeling now?
@ask2
what time do we meet? | did you lock the door? | where's my jumper? | what's the wifi password? | are you coming {when2}? | have you got {first}'s new number? | how was {town}? | want {eat} {when2}? | who else is going? | is the shop open {when2}? | what should I wear? | did {first} say anything? | are you awake? | which platform? | do we have {eat}? | how much was it?
@reply
ok | okay | sure | no worries | haha | lol | nah | yep | yes please | not really | maybe | k | fine by me | cool | great | oh no | aww | never mind | right | hmm | ya | deal | same | dunno | true
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.talk.plans",
            100,
            pages=("video", "home", "news"),
            author="handle",
            site=0.0,
            texts=lines("""
            {do2} {when2}
            {reply}, {do2} {when2}
            {status}, {do2} pls
            {ask2}
            {reply}. {ask2}
            {status}. {ask2}
            {reply} {status}
            can you {do2} {when2}?
            {first}, {ask2}
            {status} {when2}, {ask2}
            {do2} or {do2}, whatever you like
            let's have {eat} {when2}
            don't forget to {do2} {when2}
        """),
        ),
        Family(
            "honest.talk.friends",
            100,
            pages=("video", "games", "sports"),
            author="handle",
            site=0.0,
            texts=lines("""
            {tease}
            {tease} {smile}
            {reply} {tease}
            {first} {tease}
            {tease}. {sweet}
            {status} and {tease}
            {ask2} {tease}
            omg {tease}
        """),
        ),
        Family(
            "honest.talk.love",
            90,
            pages=("video", "parents", "travel"),
            author="handle",
            site=0.0,
            texts=lines("""
            {sweet}
            {sweet} {smile}
            {sweet}, {first} {smile}
            {status}, {sweet}
            {reply} {sweet} {smile}
            hey {first}, {sweet}. {ask2}
            {sweet}. {do2} {when2}
            {reply}
            {reply} {smile}
            {reply}, {reply}
        """),
        ),
    ),
)
