# ruff: noqa: E501 - a template a line
"""Readers who have something to say: longer comments on science, pets, cars, books, school, history, faith and work."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@link
And another thing. | That said, | On the other hand, | Anyway. | To be fair, | What I wanted to say: | Long story short: | Also, | Mind you, | Funny enough, | PS: | Edit: | | | | |
@science
The sample was {12-400} people, which is small for a claim like that. | Correlation again, and the headline makes it a cause. | I'd like to see the raw data before I believe the graph. | Somebody replicated this in {2005-2023} and found nothing. | The peer review took two years, so no, it wasn't rushed. | As a former lab technician I can tell you that pipettes lie less than press releases. | The error bars overlap! | Dark matter isn't a thing you can put in a jar. | My daughter asked why the sky isn't violet, and I had no answer. | Climate models have been boringly right for forty years. | Could you explain the difference between a virus and a bacterium in the next post? | Evolution doesn't have a goal, it has a leftover budget. | We had the same telescope; sell it and buy a bigger mirror.
@pets
Our old labrador sleeps {14-22} hours a day and snores like a tractor. | The vet charged {60-400/10} for looking at a paw. | Rescue cats choose you, not the other way round. | Don't give them grapes! | Ours came from the shelter in {town} with half an ear. | She has been gone {2-11} months and I still listen for her at the door. | A puppy in a flat on the fourth floor, what were we thinking. | The parrot learned the sound of the microwave. | Raw feeding didn't agree with ours at all. | He barks at the postman and at nobody else. | Get pet insurance while they're young.
@wheels
My {1985-2015} hatchback did {150-380}.000 km on the first clutch. | The electric one charges at home overnight, that's the whole trick. | Three garages, three diagnoses, one loose cable. | Winter tyres aren't a matter of belief. | I cycle to work, {4-25} km each way, and it's the best part of the day. | They changed the junction and now everybody gets lost. | The bus drivers here deserve a medal. | Range anxiety goes away after a week. | Diesel smells like my childhood. | You can replace that sensor yourself with a ten millimetre socket.
@books
I read it on a train and missed my stop. | The translation loses the jokes. | The narrator is lying from page one, isn't she? | I gave up at page {40-300}, and I rarely do. | Our reading group split right down the middle. | The first half is wonderful, the second is a contract. | I keep lending it out and never get it back. | Thank you for not giving the ending away. | Compared with her first novel this one is tame. | The film is better, there, I've said it. | Nobody writes dialogue like that any more. | My grandmother owned the {1920-1960} edition with the plates.
@school
I have taught for {3-38} years and homework never made a weak pupil strong. | Thirty-two children in a room and one assistant on Tuesdays. | My son is dyslexic and an audiobook changed everything. | The new curriculum looks like the one we had in {1985-2005}. | Parents' evening is five minutes each, what can you say in five minutes? | Let them be bored, it's good for them. | I learned more in the school band than in maths. | We teach to the test because we are paid by the test. | The head teacher left and then three others did. | Phones in a box at eight, and they talk to each other again.
@past
My grandfather worked in that mill until {1950-1985}. | The map shows a road that was never built. | The date on the stone is wrong, the parish register says {1650-1890}. | I have a photograph of that street before the bombing. | It wasn't the plague, it was typhus, as far as one can tell. | They spoke Yiddish, Polish and German at the same table. | Women ran the farms for four years and were then told to go home. | Somebody should save these tapes before they rot. | The museum has a box of her letters, you can ask to see them. | Textbooks give this half a page. | My great-aunt survived the camp at {town2} and never spoke of it.
@belief
I'm not religious but I go for the singing. | The priest in our parish knows everyone's name and half their secrets. | Fasting taught me more about patience than any book. | My faith doesn't need me to be right all the time. | I left the church at {17-40} and came back at {45-70}. | The imam and the rabbi play chess in the park on Thursdays. | Doubt is part of it. | I was raised without any of this and find it fascinating. | Please don't lump us all together. | The sermon was about forgiveness, and then somebody took my parking space.
@labour
I worked {2-35} years on night shifts and my body kept the bill. | The boss emailed us at ten in the evening about balance. | We unionised last year, best thing we ever did. | I was let go by video call. | Freelancing means that you own all of your problems. | The pay is {9-28} an hour and the rent is what it is. | Interview number {3-30}, still nothing. | Open-plan offices were invented by someone with his own door. | I retrained at {38-60} and I'm the oldest apprentice they ever had. | Nobody on their deathbed wishes for more meetings.
@blogtech
Your RSS feed shows only half the post. | The comment form ate my first attempt. | On my phone the sidebar covers the text. | Dark mode would be lovely. | Could you make the font bigger for old eyes? | The third image doesn't load here. | Which theme is this? It's so readable. | I get a certificate warning on the archive page. | The newsletter link leads to a 404. | Thank you for not having pop-ups. | Why do I have to give an e-mail address to comment? | The search doesn't find anything from before {2012-2020}.
@local
They closed our post office, then the bank, then the pub. | The market moved to Saturdays and it's half the size. | I remember when you could swim in that river. | The new bridge opened {2-9} years late. | Our street party had more salads than people. | Someone painted the bench purple and nobody minds. | The council asked for our opinion and then did the opposite. | Foxes on the bins again. | The library lends out drills and cake tins. | It's the young families that keep this village alive. | House prices here are beyond silly, {180-900/10}k for a shed.
@body
I ran my first five kilometres at {45-72}. | The physio gave me one exercise, and it was the right one. | I snored so badly that the dog moved out. | My knee predicts the weather better than the radio. | Menopause should come with a manual. | I gave up sugar for a month and was unbearable. | The waiting list is {8-70} weeks. | Reading glasses in every room and never one where I sit. | Migraine is not "just a headache". | Chemo makes everything taste of coins. | After the stroke he had to learn to write with the other hand. | I donated a kidney and feel fine, ask me anything.
@talk
I said to {relative}: look, they've written about us. | We disagree about almost everything in this house, this included. | I've been thinking about your last paragraph all day. | I don't usually comment, but this one got under my skin. | My first reaction was to disagree, and then I read it again. | This is the third article on it this week and the only one that isn't shouting. | I'd add one thing you left out. | Somebody had to say it. | It depends on where you live, as so often. | There's a reason that our grandparents did it that way. | I laughed, then I didn't. | I'll come back and tell you how it went.
@town2
the border | the river | the coast
""")
_BANKS = ("science", "pets", "wheels", "books", "school", "past", "belief", "labour", "blogtech", "local", "body")
_SHAPES = lines("""
    {BANK}
    {BANK} {BANK}
    {BANK} {link} {BANK}
    {hello} {BANK} {bye}
    {talk} {BANK} {link} {BANK}
    {BANK} {talk}
    {talk} {BANK} {bye}
    {first}, {BANK} {link} {BANK}
    {hello} {talk} {BANK} {BANK} {link} {BANK} {talk} {bye}
    {BANK} {link} {BANK} {link} {BANK} {talk}
    {talk} {talk} {BANK}¶¶{BANK} {link} {talk} {bye}
""")
_PAGES = {
    "science": ("news", "health", "culture"), "pets": ("home", "parents", "garden"), "wheels": ("home", "money", "news"),
    "books": ("culture",), "school": ("parents", "news"), "past": ("culture", "travel", "faith"), "belief": ("faith",),
    "labour": ("money", "news"), "blogtech": ("code", "recipes", "photo", "garden"), "local": ("news", "home", "travel"),
    "body": ("health", "medicine", "ketamine"),
}  # fmt: skip

CHAPTER = Chapter(
    WORDS,
    tuple(
        Family(
            f"honest.reader.{bank}",
            60,
            pages=_PAGES[bank],
            site=0.36,
            texts=tuple(shape.replace("BANK", bank) for shape in _SHAPES),
        )
        for bank in _BANKS
    ),
)
