# ruff: noqa: E501 - a template a line
"""Patients on what a medicine did to them, in the manner of a medication site."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@start
I've been on {medicine#1} for {span} now | Started {medicine#1} {ago} | Was prescribed {medicine#1} {dose} for {cond} | I took {medicine#1} for {span} | {medicine#1} was the {2-9}th drug I tried for {cond} | My doctor switched me from {medicine} to {medicine#1} | This is my {first|second|third|fourth} week on {medicine#1} {dose} | I'm {17-78} and have had {cond} {span} | Got the {implant|shot|coil|patch|injection} {ago} | On {dose} of {medicine#1} for {cond} | I was put on this after {surgery|my second child|a car accident|a breakdown|my divorce|a root canal}
@cond
depression | anxiety | panic attacks | acne | bipolar II | chronic back pain | migraines | fibromyalgia | opioid withdrawal | alcohol cravings | insomnia | ADHD | weight loss | type 2 diabetes | heavy periods | birth control | PCOS | high blood pressure | hypothyroidism | OCD | PTSD | neuropathy | smoking | acid reflux | a UTI | psoriasis | endometriosis | hair loss | overactive bladder | hot flashes | rosacea | asthma | herpes | erectile dysfunction | gout
@good
it changed my life | I feel like myself again | the pain is finally bearable | my skin cleared up by week {4-12} | I lost {8-70} lbs | no more panic attacks | I can get out of bed | I sleep through the night | the cravings are gone | my mood is stable | I haven't had a migraine since | my periods are light now | I could go back to work | my A1C went from {8-11}.{0-9} to {5-6}.{0-9} | it works within {20-60} minutes | I laugh at things again | I quit smoking after {10-40} years
@bad
I gained {10-60} pounds | my hair fell out in clumps | I had no sex drive at all | I was a zombie | the nausea was unbearable | I bled for {3-12} weeks straight | constant headaches | I cried over nothing | my anxiety went through the roof | I couldn't sleep more than {2-4} hours | my mouth was like sandpaper | brain zaps every time I turned my head | cystic acne all over my jaw | I threw up {3-9} times a day | terrible constipation | my heart was racing | restless legs every night | I felt nothing, not even for my kids | I had horrible nightmares | it made me mean and short-tempered | I got a rash from head to toe | the withdrawal was hell | dizzy spells at work | cramps worse than labor
@neutral
{dose} in the morning with food | started at {dose} and went up to {dose} | takes about {2-8} weeks to kick in | my insurance covers it, copay {5-60} dollars | without insurance it's {price} | I take it at night | I cut the tablet in half | stopped cold turkey, don't do that | tapered over {2-9} months | the generic is not the same | my doc wants to raise it to {dose} | I drink a lot of water with it | I paid {10-300} at the pharmacy | had blood work every month
@verdict
Would recommend. | Not for me. | Worth a try. | Never again. | Everyone is different, so talk to your doctor. | Give it time. | I wish I'd started sooner. | The worst drug I have ever taken. | 9/10. | {1-10} out of 10. | Stick with it past the first month. | Read the leaflet first. | Get off it slowly. | I'm grateful. | So far so good. | Will update. | This stuff is evil. | A miracle drug for me. | Hope this helps someone. | Don't let the bad reviews scare you. | On to the next one. | Screw this pill.
@effect2
floaty | dizzy and giggly | out of my body | sick and dizzy | very relaxed
@dark
I had thoughts of hurting myself in week two and my doctor took me off it the same day | {ago} I was suicidal, today I'm making plans for my garden | I wanted to kill my husband over a spoon in the sink, that's how irritable I was | it gave me dark thoughts, they went away when I stopped | I felt like I was dying but it was a panic attack | I would rather die than go through that withdrawal again, no joke
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.review.good",
            115,
            pages=("medicine",),
            site=0.0,
            author="handle",
            texts=lines("""
            {start}. {^good}. {verdict}
            {start} and {good}. {neutral}. {verdict}
            {start}. First {few days|week|two weeks|month}: {bad}. After that {good}. {verdict}
            {start}. {neutral}. {good} and {good}. Only downside: {bad}. {verdict}
            {good}!!! {start}. {verdict}
            {start}. I was scared after reading the reviews here but {good}. {verdict}
            {start}, {neutral}. {good}. {dark}. {verdict}
            {verdict} {start}. {good}.
            {good}. {neutral}.
            {start}. {relative#1} noticed it before me: {good}. {verdict}
            For {cond}. {neutral}. {good}. {verdict}
            Before this I tried {medicine}, {medicine} and {medicine}. {start} and {good}.
        """),
        ),
        Family(
            "honest.review.bad",
            115,
            pages=("medicine",),
            site=0.0,
            author="handle",
            texts=lines("""
            {start}. {^bad}. {verdict}
            {start} and {bad}. {bad}. {verdict}
            {start}. {neutral}. {bad}, {bad}, {bad}. {verdict}
            DO NOT TAKE THIS. {start}. {bad}. {verdict}
            {bad}. {bad}. {start}. {verdict}
            {start}. It did help the {cond} but {bad}. {neutral}. {verdict}
            {start}. {dark}. {bad}. {verdict}
            {start}. Doctor says it's "not related" but {bad}. {verdict}
            I hate this drug. {start}. {bad}. {verdict}
            Day {2-30}: {bad}. Does that go away? {neutral}.
            {start}, {bad}, {bad}. My {husband|wife|mother|boss} asked what was wrong with me. {verdict}
            Went to the ER because {bad}. {start}. {verdict}
            {start}. {good} for {2-8} weeks, then nothing. {bad}. {verdict}
        """),
        ),
        Family(
            "honest.review.opioid",
            70,
            pages=("medicine", "ketamine"),
            site=0.0,
            author="handle",
            texts=lines("""
            I was addicted to {oxycodone|heroin|pain pills|fentanyl|Percocet|Vicodin} for {span}. Suboxone {dose}. {^good}. {verdict}
            {2-20} years on {methadone|Suboxone|oxycodone|hydrocodone} for {cond}. Coming off: {bad}, {bad}. {verdict}
            Tramadol {50-100/50} mg {2-4} times a day for {cond}. {good}, but {bad} when I skipped a dose. {verdict}
            I went from {4-24/4} mg of Suboxone to {1-2} mg in {2-9} months. {bad}. {neutral}. {verdict}
            Took hydrocodone after {surgery|a broken hip|a C-section}. {good}. {bad}. Gave the rest back to the pharmacy.
            Xanax {0-2}.{25-75/25} mg as needed. {good}. I'm careful because {relative} got hooked. {verdict}
            Naltrexone for alcohol. {neutral}. {good}. {verdict}
            Day {2-14} off {oxycodone|methadone|tramadol|Xanax|Klonopin|heroin}: {bad}. {bad}. Still worth it.
            Ketamine nasal spray for {cond}: {effect2} for an hour, then {good}. {price} without insurance. {verdict}
            Kratom is not harmless. {span} and {bad}. {verdict}
            The pharmacy would not fill my {oxycodone|Adderall|hydrocodone} three days early, and {bad}. Treated like a junkie.
        """),
        ),
        Family(
            "honest.review.short",
            50,
            pages=("medicine",),
            site=0.0,
            author="handle",
            texts=lines("""
            {good}. {verdict}
            {bad}. {verdict}
            {verdict} {neutral}.
            {medicine} {dose}, {cond}. {verdict}
            {cond}. {good}.
            Works great for {cond}!
            Did nothing for my {cond}.
            {medicine} made me {fat|sleepy|sick as a dog|crazy|calm}. {verdict}
            Does {medicine} make you {sleepy|gain weight|break out|sweat}?
        """),
        ),
    ),
)
