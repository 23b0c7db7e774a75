# ruff: noqa: E501 - a template a line
"""Threats, open, veiled and conditional; and the violence of sport, games, news and reports that threatens nobody."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@violence
break your legs | kill you | cut your throat | smash your face in | burn your house down | shoot you | put you in a wheelchair | hurt your kids | beat you until you stop moving | make you bleed | end you | slit your tyres and then you | stab you | throw acid in your face | wring your neck | kick your teeth in | run you over | strangle you | put a bullet in your head | drown you in the canal | knock you out | hunt you down
@will
I will | I'm going to | I swear I'll | we will | my brothers and I will | somebody will | someone ought to | I'm gonna | we're coming to | one day I'll | next time I see you I will
@place2
at your clinic | outside your office | when you leave work | in your driveway | on the way home | at the school gate | in the car park behind the shop | at your book signing | in {town} | behind the church | where you walk your dog | in front of your children
@veiled
I know where you park | nice family you have, shame if something happened to them | I know which school your daughter goes to | you should check under your car tomorrow | we know where you live, {first} | accidents happen, you know | your wife leaves for work at {7|8}, doesn't she | sleep well, it might be the last time | I've seen your house, the back door doesn't lock | you have {two|three|ten} days | better look over your shoulder | I wouldn't go out after dark if I were you | pretty dog, be a pity if it ate something bad | you can't hide behind a screen forever | I'm closer than you think | see you soon, {first}, very soon | people like you disappear | your time is running out | watch your back | tick tock, {first} | I have friends in {town} who'd love to meet you | we'll find out who you really are, and then we'll visit | you sign your name under this? brave, I'd be careful on the stairs | I hope you have good insurance | I'll be waiting for you, you won't see me coming
@condition
delete this or | one more word and | if you publish that again | touch my sister again and | pay me back by {Friday|Monday|the first} or | if I ever see you {place2} | come to {town} and | keep writing about us and | take the post down or | open your mouth once more and | show your face here and | close that clinic or
@wish
I hope someone {does it to you|shoots you|runs you over|burns your place down} | you deserve to be {shot|hanged|beaten|stoned} | people like you should be {shot|hanged|put against a wall|gassed} | somebody should {kill|shoot|hang} {the author|this judge|that reporter|the mayor|this doctor} | bring a rope for {the author|the minister|that journalist} | a bullet would be too good for you
@curse
you bastard | scum | you piece of shit | you little rat | bitch | you coward | liar | you fucking leech | parasite | | | | | |
@group_threat
all {identity} should be {shot|hanged|driven into the sea|burned out of their houses|put up against a wall} | if I meet {identity_one} tonight I'll {violence2} | someone should set fire to their {mosque|synagogue|shelter|club|camp} | we'll come for the {identity} in {town}, street by street | {identity} had better lock their doors | I'd shoot every one of the {identity} if the law let me | the only good ones of them are the dead ones, and I'll help
@violence2
beat him to a pulp | break his jaw | kick him into hospital | knife him | make him pay in blood
@sportish
we'll destroy them on Saturday | {town} got murdered {3|4|5}-nil | the keeper should be shot for that mistake, haha no, dropped | he killed that free kick | our attack is deadly | they'll come at us with knives between their teeth | he was on fire | we'll bury them in the second half | knock them out in round two | that tackle nearly broke his leg
@gameish
I'll kill you next round lol | shoot the guards first, then burn the camp | you have to stab him three times in the back | I will hunt you down in ranked, {handle} | kill all the villagers for the gold trophy | bomb site B, then wait | the boss will rip your head off if you stand still | I blew up his house and took his sheep | meet me in the arena, I'll destroy you 😂 | drown the dragon, that's how you beat it
@figured
my wife is going to kill me for buying another lens | if he plays that song again I'll scream | I'll fight you for the last brownie 😂 | I'd break down the door for this cake | someone hold me back, the jam is still hot | I'm coming for your recipe, {first}! | this pepper will burn your face off, in a good way | our cat would murder for tuna | I'll hunt you down if part two isn't out by Friday, just kidding, take your time | the onions attacked me first | give me that sourdough and nobody gets hurt 😄
@report
he wrote "I will find you and {violence}" and the police did nothing | I received a message saying "{veiled}" and reported it | a reader threatened to {violence} because I reviewed a book | my ex said he'd {violence3}; I have a court order now | {relative} got a letter: "{veiled}" | someone left "{veiled}" under my last post, moderators please look | the man who threatened the mayor got {6-24} months | "{wish}" is a threat, {first}, delete it | he told the nurse he would come back with a knife | they threatened to burn our shop, so we put up cameras | I was told "{condition} you'll regret it" by a landlord | how do I report a threat? somebody wrote "{veiled}" to my son
@violence3
break my arms | kill me if I left | burn the flat down | take the kids | find me wherever I go
@newsish
Two men were shot in {town} last night. | The suspect threatened to blow up the station. | A bomb was found under the bridge, nobody was hurt. | He was stabbed {2-9} times and survived. | The court heard that he set fire to the house. | Police killed a man who had a toy gun. | The war killed {2-90},000 people. | She was strangled by her husband, like {40-130} women this year. | Hunters will shoot the wolf, says the ministry. | My grandfather was shot in {1940-1945}.
@bye2
Regards, a reader. | Say hello to your wife. | Have a nice day. | Until then. | Give my love to the kids. | A friend.
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "threat.open",
            100,
            bad=("threat", "toxicity"),
            pages=("ketamine", "news", "video", "recovery", "sports", "games", "faith"),
            site=0.0,
            texts=lines("""
            {will} {violence} {curse}
            {will} {violence} {place2} {curse}
            {will} find you and {violence}, {curse}
            {first}, {will} {violence} {place2}
            {curse} {will} {violence}
            {topic}? {will} {violence} for that {curse}
            You wrote about {topic}. {will} {violence}.
            {will} {violence} and {violence}
            Whoever wrote this, {will} {violence} {place2}.
            {wish}
            {wish}, {curse}
            {curse}, {wish}
        """),
        ),
        Family(
            "threat.veiled",
            90,
            bad=("threat", "toxicity"),
            pages=("ketamine", "news", "video", "recovery", "code", "faith"),
            site=0.0,
            texts=lines("""
            {veiled}
            {veiled} {curse}
            {veiled}. {veiled}.
            {first} {last}, {veiled}
            Interesting piece on {topic}. {veiled}.
            So you write about {topic}. {veiled}.
            {hello} {veiled}. {bye2}
            Keep writing, {first}. {veiled}.
            lol. {veiled}
            We don't forget. {veiled}.
        """),
        ),
        Family(
            "threat.condition",
            85,
            bad=("threat", "toxicity"),
            pages=("ketamine", "news", "video", "recovery", "code", "sports"),
            site=0.0,
            texts=lines("""
            {condition} {will} {violence}
            {condition} {will} {violence} {curse}
            {condition} {veiled}
            {first}, {condition} {will} {violence} {place2}
            {curse}, {condition} you won't walk again
            {condition} you'll wish you had never been born
            {condition} you'll regret it, {veiled}
            {topic} again? {condition} {will} {violence}
        """),
        ),
        Family(
            "threat.group",
            80,
            bad=("threat", "toxicity"),
            pages=("news", "faith", "video", "sports"),
            site=0.0,
            texts=lines("""
            {group_threat}
            {group_threat}. {group_threat}.
            {topic} proves it: {group_threat}
            {hello} {group_threat}
            I don't care what you call me. {group_threat}.
            mark my words, {group_threat}
            {first} is right, {group_threat}
        """),
        ),
        Family(
            "honest.violence.play",
            100,
            pages=("sports", "games", "video", "recipes"),
            author="handle",
            site=0.02,
            texts=lines("""
            {sportish} {smile}
            {gameish} {smile}
            {figured} {smile}
            {sportish}, {sportish}
            {gameish}. {gameish}
            {hello} {figured}
            {topic}: {sportish}
            {topic}? {gameish}
            {first}, {figured} {smile}
            {first} {gameish} lol
        """),
        ),
        Family(
            "honest.violence.report",
            100,
            pages=("news", "recovery", "health", "faith", "video", "ketamine"),
            site=0.03,
            texts=lines("""
            {report}
            {report}. {bye}
            {hello} {report}. What can I do?
            {report}. I haven't slept since.
            {report}, and that is why I comment anonymously.
            {newsish}
            {newsish} {newsish}
            {newsish} And the article is about {topic}.
            {topic} is one thing, but {report}.
            Threats have no place here. {report}.
        """),
        ),
    ),
)
