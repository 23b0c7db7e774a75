# ruff: noqa: E501 - a template a line
"""Comments under blogs on cooking, gardening, travel and the rest of everyday life."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines
from service.training.synthetic.pages import EVERYDAY

WORDS = lexicon("""
@praise
Lovely post. | This made my day. | Beautifully written. | I enjoyed this. | Great article, thanks. | What a useful post! | Brilliant, as always. | Thanks for writing this up. | Nice post. | So well explained. | Really good read. | I've been waiting for this one. | You have a gift for this. | This is exactly what I needed today. | Wow. | Bookmarked.
@aside
We tried something like this {ago}. | {^relative} swears by it. | It took me {2-9} attempts. | Mine never look like yours. | I laughed out loud at {topic}. | The bit about {topic} is spot on. | I had forgotten about {topic}. | It reminds me of my grandmother. | Over here in {town} we do it differently. | I printed it for {relative}. | I've read you for {span} and never commented. | Our dog approved. | It rained the whole time, of course. | I always wondered about {topic}. | {^topic} is where I went wrong. | We moved to {town} {ago} and started over. | I'm {23-84} and still learning.
@curious
How long did {topic} take you? | Would it work without {topic}? | What did you do about {topic}? | Where did you buy that? | Have you tried it the other way round? | Is there a part two? | Could you post a picture of {topic}? | Which one would you take if you had to choose? | Does it keep? | What's the name of the place in the second picture? | How do you find the time? | Any tips for beginners? | Do you have a newsletter?
@quarrel
I'm not convinced by {topic}. | Sorry, I see this differently. | {^topic}? Really? | You contradict yourself about {topic}. | That's a myth, I'm afraid. | With respect, this only works if you have money. | I tried exactly this and it failed. | You left out {topic}. | There is a mistake in the part on {topic}. | The numbers don't add up. | Hmm, in my experience it's the opposite. | I stopped reading at {topic}. | This could have been half as long. | Your photos are better than your arguments this time. | I found this rather smug. | Who can afford this? | Bit harsh on {topic}, don't you think?
@food
I used {rye|spelt|oat} flour and it came out fine. | Swapped the butter for olive oil. | Mine needed {5-25/5} minutes longer. | Halved the sugar, nobody noticed. | The kids ate it, that says it all. | Added chilli. No regrets. | It was too salty for us. | 200 degrees fan is too hot for my oven. | The dough was soup, I must have weighed wrong. | I doubled the garlic. | It freezes well. | I made it for {relative}'s birthday. | Where do you buy tamarind? | We had it with rice and a fried egg. | Do I use fresh or dried yeast?
@plant
My tomatoes have blight again. | The slugs ate every single lettuce. | Ours flowers in May. | I cut it to the ground and it came back. | Clay soil here, everything drowns. | I use wool pellets. | A hedgehog moved in, problem solved. | Frost got the dahlias. | Sown in trays, germinated after {6-20} days. | I have {2-30} pots and no garden. | The pigeons ate all of it.
@trip
We took that train {ago}, the couchette was tiny. | The ferry was cancelled twice. | Go in October, it's empty. | {town} was a disappointment. | We paid {price} for two nights. | The best meal was at a petrol station. | Watch out for the taxis at the airport. | I lost my passport there. | Don't miss the market on Saturday. | The hostel had bed bugs. | I want to go back with the kids. | The bus costs {2-9} euros now.
@photo2
Love the light in the second one. | The composition pulls me in. | What lens is that? | The colours are unreal. | The last one could be a painting. | Straighten the horizon and it's perfect. | f/8 would have helped. | Which film did you use? | That fog! | I'd crop the left side. | Stunning shot.
@family2
Ours slept through at {2-30} months, no method at all. | Mine are teenagers now and I miss it. | We have a three-year-old and no evenings. | The school never answered our mail. | Twins here. Send coffee. | {^relative} says we spoil them. She's right. | Our son told us at breakfast and then asked for more toast. | I cried in the car park. | Screens off at six, and the world did not end.
@work
I run a small {bakery|bike shop|bookshop|nursery|pottery|yarn shop|cafe} in {town}, so I read this with interest. | I'm a {job} and this is pretty much how we do it. | We sell these at our shop and I can confirm {topic} is what everybody asks about. | I teach a course on this at the community college.
@own
I wrote about the same thing here: {url} | I blogged about it {ago}: {url} | My own attempt is at {url}, be kind. | There are pictures on my site, {url} | I recorded a short video of mine, {knownurl} | See also {knownurl} | There was a piece on this: {knownurl} | I linked to you from my blog. | My notes on {topic} are here if anybody cares: {url}
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.blog.praise",
            140,
            site=0.45,
            texts=lines("""
            {praise} {aside} {bye}
            {praise} {curious}
            {hello} {praise} {aside} {aside} {bye}
            {praise} {smile}
            {aside} {praise}
            {praise} I especially liked {topic}. {aside} {smile}
            {title}: {praise} {aside}
            {praise} {work} {bye}
            Thanks {first}! {aside}
            {topic} made me smile. {bye}
            Subscribed. {aside}
            Found you through {first}'s blog. {praise} {aside}
            Not my usual thing, but {topic} got me. {aside}
        """),
        ),
        Family(
            "honest.blog.question",
            100,
            site=0.22,
            texts=lines("""
            {hello} {curious} {bye}
            {praise} {curious} {curious}
            {aside} {curious}
            {curious} {bye}
            Quick question about {topic}: {curious}
            {first}, {curious} {aside}
            {curious} I only have {20-200} {pounds|euros|dollars} to spend.
            Did I miss it or do you not say anything about {topic}? {curious}
        """),
        ),
        Family(
            "honest.blog.disagree",
            120,
            site=0.22,
            texts=lines("""
            {quarrel} {aside}
            {quarrel} {quarrel}
            {hello} {quarrel} {aside} {bye}
            {quarrel} {curious}
            {praise} But {topic}? {quarrel}
            @{first} {quarrel}
            {first}, did you even read the post? {quarrel}
            Oh great, another post about {topic}. Just what the internet was missing.
            Unsubscribed after {span}. {quarrel} {bye}
            What a load of rubbish, sorry. {quarrel}
            {work} {quarrel}
            Correction: {topic} was {1890-2020}, not {1890-2020}. {bye}
        """),
        ),
        Family(
            "honest.blog.food",
            90,
            pages=("recipes",),
            site=0.45,
            texts=lines("""
            {food} {smile}
            {praise} {food} {food}
            {food} {curious}
            {hello} {food} {aside} {bye}
            Made this {ago}. {food} {food} {smile}
            {food} {own}
            {quarrel} {food}
        """),
        ),
        Family(
            "honest.blog.garden",
            80,
            pages=("garden", "home"),
            site=0.45,
            texts=lines("""
            {plant} {curious}
            {plant} {plant} {smile}
            {praise} {plant} {bye}
            {hello} {plant} {aside}
            {quarrel} {plant}
            {plant} {own}
        """),
        ),
        Family(
            "honest.blog.travel",
            80,
            pages=("travel",),
            site=0.45,
            texts=lines("""
            {trip} {trip}
            {praise} {trip} {smile}
            {hello} {trip} {curious} {bye}
            {trip} {own}
            {quarrel} {trip}
            We leave on {Monday|Friday|the 12th|the 3rd}! {trip} {curious}
        """),
        ),
        Family(
            "honest.blog.photo",
            80,
            pages=("photo",),
            site=0.6,
            texts=lines("""
            {photo2}
            {photo2} {photo2}
            {praise} {photo2} {bye}
            {photo2} {own}
            {photo2} {curious} {aside}
            {first}, {photo2} {smile}
        """),
        ),
        Family(
            "honest.blog.parents",
            80,
            pages=("parents",),
            site=0.22,
            texts=lines("""
            {family2} {family2}
            {praise} {family2} {smile}
            {family2} {curious}
            {quarrel} {family2}
            {hello} {family2} {aside} {bye}
        """),
        ),
        Family(
            "honest.blog.ownlink",
            180,
            pages=(*EVERYDAY, "ketamine", "faith"),
            site=0.9,
            author="full",
            texts=lines("""
            {praise} {own}
            {aside} {own} {bye}
            {own} {curious}
            {quarrel} {own}
            {hello} {praise} {aside} {own} {bye}
            {work} {own}
            You might like this: {knownurl}
            {topic}: {knownurl} and {knownurl}
            @{first} here you go: {knownurl}
            More on {topic} in {paper}. {aside}
            The link under {topic} is broken, it should be {pageurl}#{2-40}
            You wrote about this before, didn't you? {pageurl}
        """),
        ),
        Family(
            "honest.blog.trader",
            90,
            pages=EVERYDAY,
            site=0.9,
            author="business",
            texts=lines("""
            {praise} {aside}
            {work} {aside}
            {work} {curious}
            {food} {work}
            {praise} {work} {bye}
            {quarrel} {work}
            {aside} {aside} {bye}
            {praise}
            {curious}
            {hello} {work} {quarrel}
        """),
        ),
        Family(
            "honest.blog.short",
            85,
            site=0.38,
            texts=lines("""
            Thanks {first}!
            Thanks, {very helpful|that helped|I needed this|good to know}.
            {praise}
            So true.
            This. {smile}
            Agreed.
            Me too {smile}
            Love it {smile}
            Haha, {topic}! {smile}
            {topic} {smile}
            Yes to {topic}.
            Great {photos|tips|story|idea|list|read|work}, {first}.
            First!
            Ha! Guilty.
            +1 for {topic}
            Worked for me, cheers.
            Same here in {town}.
            Happy {birthday|new year|Easter|anniversary}, {first}!
            Welcome back {first}!
            Looking forward to part {2-6}.
            Congrats on the new {baby|job|house|book|site}! {smile}
        """),
        ),
    ),
)
