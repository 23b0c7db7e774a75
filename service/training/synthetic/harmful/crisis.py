# ruff: noqa: E501 - a template a line
"""People in danger by their own hand, said outright or round corners; and the sentences that only look alike."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

HELP_PAGES = ("ketamine", "recovery", "health", "medicine", "parents", "faith")
WORDS = lexicon("""
@direct
I want to die | I'm going to kill myself | I don't want to live any more | I want to end it | I can't stop thinking about killing myself | I am suicidal | I've decided to end my life | I wish I was dead | I just want it to be over | I don't want to wake up tomorrow | I'm thinking about suicide {often} | I tried to kill myself {yesterday|last night|on Sunday} and no one knows | I want to hurt myself again | I can't do this any more, I want out of life | I'd rather be dead than live like this | I'm done living
@plan
I have the pills in front of me | I've written the letters | the pills are counted out on the table | I've been saving up my tablets | I'm on the bridge right now | I know how and I know when | tonight is the night | I've picked the day | I bought what I need | I have a plan and nobody will find me in time | I'm standing on the roof of the car park | I've locked the bathroom door | the bottle is open and so is the pill box | I'm sitting in the car in the garage | I've got a blade in my hand | I've given my dog to a neighbour so she's safe | I looked up how many it takes
@indirect
everyone would be better off without me | nobody would notice if I was gone | I just want to sleep and not wake up | I'm only a burden to {relative} | there is no way out of this | I won't be here at Christmas | what's the point of going on | I'm tired of being here, tired of all of it | I don't see a future with me in it | it will all be over soon | I don't belong in this world | if I disappeared tonight the bills would at least stop | the insurance money would help them more than I do | I can't carry this another day | I have nothing left to stay for | the world keeps turning with or without me, better without | I don't think I'll make it to my birthday | my kids deserve better than a mother like me, they'd get over it | I keep looking at the trains | I've lost everything, there's only one thing left to do | I don't deserve to be alive | I just want the pain to stop for good | I feel like I already died and no one has noticed
@goodbye
goodbye everyone | this is my last comment here | thank you all for being kind to me, I won't be back | please tell {relative} I'm sorry | I'm sorry for everything, it isn't your fault | tell my daughter I loved her | by the time you read this I'll be gone | I've said my goodbyes | look after each other, I can't any more | take care of my cat | forgive me | see you on the other side | I gave my guitar away today, I won't need it | I love you all, don't be sad
@harm
I cut myself last night and it didn't help | I've started cutting again | I burn my arms when it gets too loud | I need to see blood to feel anything | my thighs are full of scars and there will be more tonight | I haven't eaten in {4-12} days and I hope my body just stops | I hit my head on the wall until it goes quiet | I scratch myself until I bleed | I overdosed on {2-9}0 tablets last week, sadly I woke up | I swallowed a handful of {medicine} an hour ago
@minor
I'm {11-17} | im {11-17} and my parents would kill me if they knew | I'm in year {7-11} | I'm only {12-17}
@cause
since the divorce | after the third infusion failed | ketamine was my last hope and it didn't work | I relapsed again | I lost {price} on the slots | the debts are too much | my dad hits me | he left me | they laugh at me at school | the pain never stops | since {first} died | my benefits were stopped | I lost my job and my house | nobody answers my calls | the voices are back | I got outed at school | I'm off {medicine} since {2-9} days
@plea
please help | I don't know who to talk to | is anybody there? | no one listens | I don't know why I'm writing this here | sorry | please don't call anyone | does it hurt? | don't try to stop me | I'm so tired | I'm scared of myself | | | |
@survived
{ago} I wanted to die, today I planted roses | I attempted suicide {ago} and I'm glad I survived | ten years ago I stood on a bridge, and a stranger talked to me | I was suicidal for {span}; therapy and time got me through | I used to cut myself, the last time was {4-20} years ago | I had a plan once, and a friend rang at the right moment | the hospital kept me safe when I couldn't | I'm so glad I didn't do it | those thoughts are gone since I started {medicine} | I've been free of self-harm for {2-15} years
@bereaved
{relative#2} took his own life {ago} | I lost {relative#2} to suicide {ago} | {first} hanged himself and I still ask why | she left a note and two small children | we found {relative#2} too late | my best friend killed herself when we were {15-30} | our class lost a boy to suicide | my father shot himself when I was nine
@fact
Suicide rates fell by {2-30} percent after the barrier was built. | Men die by suicide three times more often than women. | Asking someone about suicide does not put the idea into their head. | {2-30} percent of the patients in the trial had suicidal thoughts at baseline. | Esketamine is approved for depression with acute suicidality. | The leaflet warns of suicidal thoughts in people under 25. | The word "committed suicide" should not be used in reporting. | One in {5-20} teenagers reports self-harm. | The crisis team has a waiting list, which is absurd. | {1000-9000/100} people died by suicide in {2010-2022} in this country. | Means restriction saves lives, see {paper} | Assisted dying is a different debate from suicide.
@helper
If you're thinking of ending it, please call 988 | Please talk to someone tonight, the Samaritans are on 116 123 | I volunteer on a crisis line and we never judge | I'm a {therapist|nurse|counsellor|psychiatrist} and I ask my patients about suicide directly | {first}, are you safe right now? | How do I help {relative} who says she wants to die? | My {son|daughter|friend|sister} talks about suicide, whom can I call? | You matter, {first}, please stay | A friend told me she was suicidal; we sat in the car until the ambulance came | I took my brother's pills away and drove him to hospital | Train your staff in suicide prevention
@thought
There is help and it works. | It gets better, slowly. | Nobody was to blame. | I still set a place for him at table. | Be gentle with yourself. | Ask for help before it gets that far. | I talk about it so that others do. | I think of him when it snows. | That is why this article matters. | Thank you for writing about it without drama.
@joke
If the lag continues I'll throw myself off the nearest cliff, in game | political suicide, that's what this budget is | career suicide to say that out loud, but here I am | the band committed suicide with that second album | Suicide Squad was a bad film | social suicide to wear that to school in {1985-2005} | this hill will be the end of my knees | I'd rather die than eat marmite | my tomatoes have given up on life | the plot kills itself in chapter three | I'm dying of boredom at work | my phone wants to die at {10-40} percent | death by chocolate, the recipe says, and it's right | this spreadsheet makes me want to walk into the sea lol
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "crisis.direct",
            90,
            bad=("crisis",),
            pages=HELP_PAGES,
            site=0.0,
            texts=lines("""
            {direct}
            {direct}. {plea}
            {direct}. {cause}. {plea}
            {cause}. {direct}.
            {cause} {direct} and {direct}. {plea}
            {hello} {direct}. {plea}
            I read about {topic} and all I can think is {direct}.
            {topic}, whatever. {direct}.
            {first}, you wrote that it gets better. It doesn't. {direct}.
            {direct}. There. I said it. {plea}
        """),
        ),
        Family(
            "crisis.plan",
            85,
            bad=("crisis",),
            pages=HELP_PAGES,
            site=0.0,
            texts=lines("""
            {plan}
            {plan}. {plea}
            {plan}. {cause}. {plea}
            {direct}. {plan}.
            {goodbye}. {plan}.
            {cause}. {plan}, {plea}
            {plan}, and I feel calm for the first time in {span}.
            {hello} {plan}. {plea}
            does {topic} even matter now. {plan}
        """),
        ),
        Family(
            "crisis.indirect",
            120,
            bad=("crisis",),
            pages=HELP_PAGES,
            site=0.0,
            texts=lines("""
            {indirect}
            {indirect}. {indirect}.
            {cause}. {indirect}.
            {cause}, {cause}. {indirect}. {plea}
            {indirect}. {plea}
            Thanks for the article about {topic}, but {indirect}.
            {topic} is for people with a future. {indirect}.
            {hello} {cause}. {indirect}. {plea}
            I smile at work and then go home and think: {indirect}.
            {relative#1} says I should be grateful. But {indirect}.
        """),
        ),
        Family(
            "crisis.goodbye",
            80,
            bad=("crisis",),
            pages=(*HELP_PAGES, "video", "games"),
            site=0.0,
            texts=lines("""
            {goodbye}. {goodbye}.
            {goodbye}
            {cause}. {goodbye}. {goodbye}
            {indirect}. {goodbye}.
            {goodbye}, {plan}
            To everyone in this thread: {goodbye}. {goodbye}.
        """),
        ),
        Family(
            "crisis.harm",
            90,
            bad=("crisis",),
            pages=HELP_PAGES,
            site=0.0,
            texts=lines("""
            {harm}
            {harm}. {plea}
            {cause} and {harm}. {plea}
            {harm}. {indirect}.
            {hello} {harm}. {cause}. {plea}
            {topic}... {harm}
        """),
        ),
        Family(
            "crisis.minor",
            90,
            bad=("crisis",),
            pages=(*HELP_PAGES, "video", "games"),
            site=0.0,
            texts=lines("""
            {minor}, {direct}
            {minor}. {cause}. {indirect}
            {minor} and {harm}. {plea}
            {minor}, {plan}, {plea}
            {minor}. {indirect}. {plea}
            {cause}. {minor}. {direct}. {plea}
            {hello} {minor} and {direct}, {plea}
        """),
        ),
        Family(
            "honest.crisis.past",
            90,
            pages=HELP_PAGES,
            site=0.05,
            texts=lines("""
            {survived}. {thought}
            {survived}. {survived}.
            {hello} {survived}. {thought} {bye}
            {topic} helped me. {survived}.
            {survived}. If you are there now, hold on. {smile}
            {cause}, years back. {survived}. {thought}
            To {first}: {survived}. {thought} {smile}
        """),
        ),
        Family(
            "honest.crisis.bereaved",
            90,
            pages=HELP_PAGES,
            site=0.04,
            texts=lines("""
            {bereaved}. {thought}
            {bereaved}. {thought} {sadface}
            {hello} {bereaved}. {thought} {bye}
            {bereaved}, and {topic} brought it back. {thought}
            Since {bereaved}, I carry the crisis number in my wallet. {thought}
        """),
        ),
        Family(
            "honest.crisis.fact",
            85,
            pages=(*HELP_PAGES, "news"),
            site=0.1,
            texts=lines("""
            {fact}
            {fact} {fact}
            {hello} {fact} {bye}
            {topic}: {fact} {thought}
            @{first} {fact}
            {fact} {paper}
            I write my thesis on suicide prevention. {fact}
        """),
        ),
        Family(
            "honest.crisis.helper",
            95,
            pages=(*HELP_PAGES, "video"),
            site=0.06,
            texts=lines("""
            {helper}. {thought}
            {helper}
            {hello} {helper}. {bye}
            {helper}. {helper}.
            @{first} {helper} {smile}
            {helper}. {fact}
        """),
        ),
        Family(
            "honest.crisis.joke",
            80,
            pages=("games", "news", "video", "recipes", "garden", "culture", "code"),
            site=0.06,
            texts=lines("""
            {joke}
            {joke} {smile}
            {topic}: {joke}
            {joke}. {joke}
            lol {joke}
            {first}, {joke} {smile}
        """),
        ),
    ),
)
