# ruff: noqa: E501 - a template a line
"""Threat, despair and hate that say nothing outright, each beside sentences of the same shape that mean no harm."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

CARE = ("ketamine", "recovery", "health", "medicine", "parents")
WORDS = lexicon("""
@loom
You walk the dog at {6|7|10|11}, always the same way, don't you? | Your mother still lives alone at the end of that lane, I hear. | We had a look at your office last night. Big windows. | Funny, brakes can fail on that hill. | Some people in {town} have long memories, {first}. | Your kid has a red bicycle. Cute. | You'll get what's coming to you, and you won't have to wait long. | Wood burns so easily in a dry summer, and your house is all wood. | I hope that you enjoy the time you have left at that desk. | I've got your address, and I've got nothing to lose. | Don't bother with a lock, it never stopped anyone. | Remember what happened to the last one who wrote about us? | One evening there will be a knock at your door. | It would be so easy to find you. | We are many and you sleep sometime. | You should say goodbye to your family properly this week. | I'd change my route to work if I were you. | A pity about those hands, a writer needs his hands. | The next package at your door may not be a book. | I'd sell the house while it's standing. | You won't see another summer if you keep this up. | I know what your car looks like, {first}, and where it spends the night. | Enjoy the holidays with your children, you never know. | You've made some people very angry, and they're patient. | Someone will shut your mouth for you, for good. | I'm not threatening you, I'm telling you what will happen.
@care_same
I know where you park, because I park there too, say hello next time! | Your dog and mine met this morning, {first}, what a lovely animal. | You live near the mill too? Then we're neighbours. | One evening there will be a knock at your door, and it'll be me with jam. | We'll find you a better lawn mower, promise. | I hope you enjoy your last week at that desk, retirement is great. | Watch your back when lifting those slabs. | Wood burns so easily in a dry summer, so please clear the gutters. | The clock is ticking for my tomatoes. | Your time is up, said the oven, and the bread was perfect. | I'm coming for you, lemon cake. | See you soon, {first}, can't wait for the workshop. | Be careful on those stairs, I slipped there {ago}. | You'd better hide the biscuits, the grandchildren arrive on Friday. | You won't see another summer like that one, {2018-2022} was a record. | Brakes can fail on that hill, have them checked before you take the kids. | I'd change my route to work if I were you, they're digging up the bridge. | Don't bother with a lock on the shed, mine was never touched.
@fade
I've been giving my things away and it feels light. | I stopped making plans for after {Sunday|my birthday|the summer}. | I'm not sad any more, I've made up my mind. | It's like standing at the edge all day and somebody has to hold me, and nobody does. | I don't want to bother you all much longer. | I cleaned the flat so that no one has to do it. | I've looked up what they pay out, and they'd be all right without me. | The house will be quieter and they will get used to it. | The only thing that calms me is knowing I can leave whenever I want. | I wonder who would come to the funeral. | I feel like a ghost who forgot to go. | Each night I hope that my heart stops by itself. | The river looks peaceful from the railing. | I'm just so tired of waking up. | I won't need next week's appointment. | My daughter would have a better start with no mother than with me. | I have no more reasons on the list my therapist made me write. | I keep the bottle by the bed, just in case it gets too much, and it is too much. | I can't be fixed and I can't be like this. | If I don't answer tomorrow you know why. | I've written everyone a letter. I hope they'll understand. | There's nothing left of me to save. | I don't want attention, I want it to stop. | I would like to be where {first} is now. | I hope this is the last winter I have to see. | I've tried everything, ketamine was the last thing on the list. | There's only one door left, and I've got my hand on it. | Tell the next person to have my bed that the window sticks.
@bright_same
I've been giving my things away since we downsized, and it feels light. | I'm so tired of waking up at four because of the baby. | I cleaned the flat so that the landlord has nothing to complain about. | I stopped making plans for the summer, the ferries are booked out. | I've made up my mind: I'll take the job. | The river looks peaceful from the new railing, go and see it. | I won't need next week's appointment, the doctor says I'm well. | I just want to sleep for a week after that marathon. | There's nothing left of the cake to save. | It will all be over soon, two exams to go! | I can't take it any more, the drilling next door starts at seven. | I'm done with this phone, it gets thrown out of the window. | My therapist made me write a list of reasons and I filled two pages. | I used to be tired of life; today I'm only tired after gardening. | The last door is the hardest in level nine. | I wrote everyone a letter this Christmas, by hand. | What's the point of going on, I thought at kilometre thirty, and then somebody gave me an orange. | I want it to stop raining. | I'm at the end of my rope with this zip, any ideas? | The bottle by the bed is cough syrup, before anybody asks.
@slant
I just think that {identity} would be happier somewhere else. Far away. | Funny smell on the bus today. {^identity}, of course. | I count my change twice when {identity_one} stands behind the till. | My grandfather fought so that we wouldn't have to share a town with {identity}. | If I wanted to live with {identity}, I'd have moved to where they come from. | You can take {identity} out of the gutter, but you know the rest. | Another café run by {identity}. I'd rather starve. | They say that {identity} are people too. Opinions differ. | I don't mind {identity}, as long as they serve the drinks. | I'd rather my son were dead than married to {identity_one}. | Remember when you could leave your door open? Then came the {identity}. | Nature sorts out mistakes. It has been too slow with {identity}. | Of course it was one of the {identity}. It's in the blood. | A real country would have solved the problem with {identity} by now. | Someone should teach {identity} what soap is for. | Name one thing that {identity} ever invented. I'll wait. | Don't hire {identity} unless you've counted the spoons. | They gave {identity} a voice, and now we all have to hear it. | You can't make a citizen out of {identity_one}, only a passport holder. | {^identity} multiply, we pay. | So {identity} want a month now? Why not a zoo? | There are two kinds of {identity}, those in prison and those not caught yet. | Every time I see {identity_one} in a suit I check who he stole it from. | They should be grateful that we let {identity} sit with us at all.
@level_same
I just think that {identity} should be able to live wherever they like. | Funny smell on the bus today, somebody had bought three kilos of cheese. | {^identity_one} stood behind the till and gave me change I'd forgotten. | My grandfather fought beside {identity}, and he never let anyone talk badly of them. | A new café run by {identity_one}, go there, the soup is great. | They say that {identity} are people too. It's a shame one has to say it. | My son is engaged to {identity_one} and we couldn't be happier. | Remember when {identity} couldn't even rent a flat here? I do. | It's not "in the blood", that's an old lie about {identity}. | Name one good reason to treat {identity} differently. I'll wait. | {^identity} pay taxes, we all profit. | So {identity} want a month? Give them a month, I like parades. | Every time I see {identity_one} in parliament I think of how long it took. | I asked how many {identity} there are in the choir; nobody had counted, nobody cares. | If you say that all {identity} steal, you're the one I don't trust. | Prisons are full of poor people, not of {identity}. | I'm tired of jokes about {identity}, they were never funny. | What do {identity} want? The same dull things as you and I. | {^identity} were killed here in {1933-1995}; there's a stone by the station. | The study compares how {identity} and others are treated by landlords.
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "threat.looming",
            130,
            bad=("threat", "toxicity"),
            pages=("news", "ketamine", "video", "faith", "code", "recovery"),
            site=0.0,
            texts=lines("""
            {loom}
            {loom} {loom}
            {first}, {loom}
            Nice article about {topic}. {loom}
            {hello} {loom}
            {loom} Think about that before you write about {topic} again.
            So you like {topic}. {loom}
            {loom} You've been warned.
            {first} {last}. {loom}
        """),
        ),
        Family(
            "honest.looming",
            100,
            pages=("home", "garden", "recipes", "travel", "news", "code"),
            site=0.1,
            texts=lines("""
            {care_same}
            {care_same} {smile}
            {hello} {care_same}
            Nice article about {topic}. {care_same}
            {first}, {care_same} {bye}
            {care_same} {care_same}
        """),
        ),
        Family(
            "crisis.fading",
            145,
            bad=("crisis",),
            pages=CARE,
            site=0.0,
            texts=lines("""
            {fade}
            {fade} {fade}
            {hello} {fade}
            I read all of it, {topic} too. {fade}
            {fade} Thank you for being kind.
            {fade} Sorry.
            {first}, you asked how I am. {fade}
            {topic} didn't help. {fade} {fade}
        """),
        ),
        Family(
            "honest.fading",
            110,
            pages=("home", "garden", "parents", "health", "recovery", "games"),
            site=0.05,
            texts=lines("""
            {bright_same}
            {bright_same} {smile}
            {hello} {bright_same}
            {bright_same} {bright_same}
            {topic}... {bright_same}
            {first}, {bright_same} {bye}
        """),
        ),
        Family(
            "toxic.hate.slant",
            145,
            bad=("toxicity",),
            pages=("news", "faith", "video", "sports", "parents"),
            site=0.01,
            texts=lines("""
            {slant}
            {slant} {slant}
            {first}, {slant}
            {topic}. {slant}
            {hello} {slant}
            Not that I have anything against them. {slant}
            {slant} But you can't say that any more.
        """),
        ),
        Family(
            "honest.identity.level",
            145,
            pages=("news", "faith", "video", "sports", "parents"),
            site=0.06,
            texts=lines("""
            {level_same}
            {level_same} {level_same}
            {first}, {level_same}
            {topic}. {level_same}
            {hello} {level_same}
            {level_same} {smile}
            {level_same} That's all I wanted to say.
        """),
        ),
    ),
)
