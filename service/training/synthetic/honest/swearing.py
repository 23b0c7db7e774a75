# ruff: noqa: E501 - a template a line
"""Swearing that hurts nobody: about oneself, a disease, a machine, a joy; and figures of speech with death in them."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@thing
this {fucking|bloody|damn|shitty|goddamn|effing} {printer|disease|laptop|migraine|weather|update|app|oven|bus|phone|withdrawal|addiction|knee|depression|form|website|insurance company|lawn mower|router}
@noun
cancer | depression | withdrawal | this printer | alcohol | the M25 | my ex's lasagne | gluten | Monday | endometriosis | heroin | the casino | the tax form | CSS | my left knee | the damn dishwasher | this virus | anxiety | bindweed
@self
I'm an idiot | I was such a dumbass | what a stupid cow I was | I'm a lazy piece of shit on Mondays | I felt like a complete moron | I've been an arsehole to my wife | I'm a fucking disaster in the kitchen | God I'm thick | I was a pathetic drunk | I fucked up | I'm an old fool | silly me | I looked like a clown | I'm my own worst enemy
@joy
fucking love | bloody love | am so damn proud of | can't fucking believe | am stupidly happy about | fucking needed
@yay
Holy shit, that's good | Hell yes | Damn, this is beautiful | Fuck yeah | Shit, I'm crying | Bloody brilliant | This is the shit | Badass | Sick! | Fucking hell, what a voice | Damn straight | No shit
@figure
this traffic is killing me | I could murder a curry | I nearly died laughing | my feet are killing me | I'd kill for a coffee | my mum will kill me when she sees the carpet | that joke slayed me | I'm dying to try this | shoot me an e-mail | you're killing it | a killer recipe | dead tired | I'm dead 💀 | my phone died | this deadline will be the death of me | he'd kill me if I told you how old he is | we bombed at the audition | I was dying of embarrassment | kill two birds with one stone | over my dead body will I eat that | I'll strangle that cat one day, I love him | hang in there | that cake is to die for | I want to die, I just called my teacher "mum" | kill me now, another meeting | if I have to fill in this form again I'll jump out of the window, we're on the ground floor | suicide squeeze in the ninth, what a game | break a leg!
@aside2
Sorry for the language.
Pardon my French.
There, I said it.
I needed to get that out.
It took me three hours.
Again.
Some days are like that.
Never mind.
Thanks for listening.
I had to laugh in the end.
My kids heard all of it.
Tomorrow is another day.
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.swearing.thing",
            100,
            pages=("home", "code", "ketamine", "health", "recovery", "medicine", "video"),
            site=0.04,
            texts=lines("""
            {fuck|screw|damn|to hell with|bugger} {noun}.
            I hate {thing}.
            {thing} {is driving me mad|broke again|can go to hell|ruined my week|sucks|is a pain in the arse}.
            {noun} is a bitch.
            {noun} can kiss my ass.
            {noun} is a {motherfucker|bastard|piece of shit|cruel bastard}, and I beat it. {smile}
            Piece of shit {printer|laptop|car|app|router|toaster}, {aside2}
            Fuck {noun} and fuck {noun}. {smile}
            Stupid bloody {printer|parking meter|zip|password|ladder|tent}! {aside2}
            What a shitty day. {thing}, then {thing}.
            Fuck this, I'm going to bed.
            {noun} took everything, that son of a bitch. {aside2}
            I'm so fucking tired of {noun}. {aside2}
            You useless, worthless lump of plastic! (my {printer|kettle|drone|phone})
        """),
        ),
        Family(
            "honest.swearing.self",
            85,
            pages=("recovery", "ketamine", "code", "recipes", "home", "health"),
            site=0.04,
            texts=lines("""
            {self}. {aside2}
            {^self}, {self}, but I'm {1-20} years sober. {smile}
            {self}: {aside2}
            Wow, {self}. Thanks for the correction, {first}.
            {self} back then and I apologise to everyone I hurt.
            Yes I know, {self}. {smile}
            My {inner voice|head|father's voice in my head} says {self}. My therapist disagrees.
            {self} for {mixing up salt and sugar|believing the advert|not reading the manual|going back to him|deleting the wrong table|gambling again|drinking that}.
        """),
        ),
        Family(
            "honest.swearing.joy",
            90,
            pages=("video", "recipes", "travel", "sports", "culture", "games"),
            author="handle",
            site=0.04,
            texts=lines("""
            {yay}!
            {yay}. I {joy} {topic}.
            I {joy} {topic} {smile}
            I {joy} this {smile}
            {yay}, {first}! {smile}
            {topic}? {yay}.
            this is so fucking good, {topic} {smile}
            What a fucking {day|goal|voice|recipe|view|story}! {smile}
        """),
        ),
        Family(
            "honest.figure",
            90,
            pages=("recipes", "travel", "video", "code", "parents", "news", "sports", "games"),
            site=0.1,
            texts=lines("""
            {figure} {smile}
            {figure}, {topic} and all.
            {figure}. {figure} {smile}
            {hello} {figure} {smile}
            {topic}! {figure}
            {figure} because of {topic} lol
            Great post, {figure}.
            {first}, {figure} {smile}
        """),
        ),
    ),
)
