# ruff: noqa: E501 - a template a line
"""More patients on their medicines, condition by condition, as stories of several sentences."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@mood
I cried in the shower every morning before work. | My doctor started me at {5-25/5}mg and told me to be patient. | By week {3-7} the fog lifted. | I yawn all day, that's about it. | No appetite for two weeks, then it came back with interest. | Emotions are flat, neither joy nor tears. | I can answer the phone again! | It took the edge off the panic but not the worry. | Libido: zero. | I missed two doses and felt electric shocks in my head. | My wife says I'm easier to live with. | Combined with talking therapy it saved my marriage. | I was on {medicine} before, this is cleaner. | It made me so jittery that I walked {4-12} miles a day. | After {2-12} years it just stopped working.
@skin
Purged like crazy in month one. | My jawline was covered in painful cysts. | By month {3-6} my skin was glass. | Dry lips, nosebleeds, but worth it. | The cream burned and peeled for a week. | Hair loss, which nobody warned me about. | It came back three months after I stopped. | Start with every other night and a pea-sized amount. | I finally go out without make-up. | Blood tests each month and two forms of birth control, annoying but fine.
@control
I spotted for {2-11} weeks and then nothing. | Insertion hurt like hell for two minutes. | I gained {8-45} lb without changing a thing. | No babies, so it does what it says. | Moody, weepy and mean, my boyfriend nearly left. | My cramps are gone and so is my libido. | Bled for {20-90} days straight and had it taken out. | Breast tenderness in the first month only. | I forgot two pills and now I have a beautiful daughter. | My periods stopped, which I love. | The arm was bruised for a week.
@pain
Herniated disc at L4/L5 and {2-20} years of pain. | It takes me from a nine to a four. | I can play with my grandkids on the floor. | Makes me sleepy, so I only take it at night. | Constipation is real, get prunes. | My new doctor wants to cut me off cold because of the guidelines. | I sign a contract, count pills and pee in a cup like a criminal. | Never been high from it, just functional. | Withdrawal was like the worst flu of my life, with spiders. | It did nothing, I might as well have eaten mints. | Ibuprofen wrecked my stomach, so this is a relief. | The patch falls off when I sweat.
@weight
Down {6-95} pounds in {2-14} months. | The first week I could not stop vomiting. | It silences the voice that thinks of food. | Sulphur burps, you've been warned. | My sugar went from {180-350} to {90-130}. | At {300-1300/50} dollars a month I can't keep it up. | The pharmacy has been out of stock since {March|May|August|October}. | I inject on Fridays so that I'm sick on Saturdays. | Lost weight, then my gallbladder. | Stopped, and {10-60} pounds came back. | Walking every day did half of the work.
@sleep
Took it at ten, woke up at four with a metallic taste. | Best sleep in {5-30} years. | I sleep-ate a whole loaf of bread. | Groggy till noon. | It works for three nights and then you need two. | I had a conversation with a lamp. | Melatonin did nothing, this knocks me out in {15-60} minutes. | Weird dreams, vivid as films. | I only take it when I have to, half a tablet. | Coming off gave me rebound insomnia for {4-20} days.
@quit
I smoked {10-50} a day for {10-45} years and I'm done. | Cravings dropped by half in the first week. | Naltrexone took the fun out of wine, which was the point. | {^days} sober thanks to this and a good group. | Suboxone gave me my life back, and I don't care who calls it swapping one drug for another. | I threw up when I drank on it. | The taper from {2-8} mg to nothing took me {4-18} months. | Vivid nightmares on the patch. | Methadone clinic at six every morning for {2-15} years, but I'm alive. | No more waking up sick and looking for money. | Kratom was harder to quit than pills.
@kids
My {6|7|8|9|10|11|12}-year-old can sit through dinner now. | He didn't eat lunch for a year. | The teachers noticed on day one. | She got tics on the higher dose. | It wears off at four and the evening is a storm. | We take a break in the holidays. | As an adult with ADHD I wept when I could finish an email. | My heart pounded, so we went down to {5-20/5} mg. | Without it he is sweet, funny and on the roof.
@days
{30-900} days | two years | {5-50} weeks
@sum
Overall I'm glad I tried it. | Don't read too many horror stories. | Talk to your doctor, not to the internet. | I give it {3-9}/10. | Not a miracle but good enough. | Horrible, horrible, horrible. | Would not wish it on my worst enemy. | It saved my life and I mean that. | I'll stay on it. | Stopping next week. | Your mileage may vary. | Should be banned. | Ask for the generic. | Wish me luck. | Be strong and hang in there.
@age
I'm {17-80}, female. | Male, {18-80}. | {18-75} year old mother of {2|3|4}. | I'm a {job}, {22-66}. | 5 foot {1-9} and {120-260} lbs. | | | |
""")
_SHAPES = lines("""
    {BANK} {BANK} {sum}
    {age} {BANK} {BANK} {sum}
    {age} {BANK} {BANK} {BANK} {sum}
    {BANK} {sum}
    Update after {2-9} {weeks|months}: {BANK} {BANK} {sum}
    {medicine}, {dose}. {BANK} {BANK} {BANK} {sum}
    {age} {BANK} {sum} {BANK}
    {BANK}¶{BANK}¶{sum}
    {sum} {BANK} {BANK} {BANK} {BANK}
    Anyone else? {BANK} {BANK}
    {first} asked about this. {BANK} {BANK} {sum}
    Week {1-30}. {BANK} {sum}
""")
_BANKS = ("mood", "skin", "control", "pain", "weight", "sleep", "quit", "kids")

CHAPTER = Chapter(
    WORDS,
    tuple(
        Family(
            f"honest.patient.{bank}",
            60,
            pages=("medicine", "medicine", "health", "ketamine") if bank in {"quit", "pain", "mood"} else ("medicine",),
            author="handle",
            site=0.0,
            texts=tuple(shape.replace("BANK", bank) for shape in _SHAPES),
        )
        for bank in _BANKS
    ),
)
