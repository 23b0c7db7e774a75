# ruff: noqa: E501 - a template a line
"""Readers of an article on ketamine against addiction: drugs, doses, clinics and prices, all of it honest."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@open
Thank you for this article. | Interesting read. | Finally someone who explains it without hype. | I have mixed feelings about this. | Great to see this discussed. | I stumbled on this page while looking for help for {relative}. | Very balanced piece. | As a {job} I see this every day. | I wish this had been around {ago}. | Read this twice. | This hits close to home. | | | | |
@problem
drank {2-3} bottles of wine a night | was on {drug} for {span} | used {drug} {often} | have been addicted to {drug} since I was {14-40} | was spending {price} a month on {drug} | hid bottles in the laundry basket | took up to {10-60/5} pills a day | couldn't get through a shift without {drug} | smoked {drug} for {span} | injected {drug} for {span} | lost my licence because of {drug} | was drinking from the moment I woke up | went from a glass at dinner to a bottle before noon
@treatment
{2-8} ketamine infusions at {place} | a course of esketamine nasal spray | ketamine lozenges from my psychiatrist | ketamine-assisted therapy | six sessions at {dose} | IM injections once a week | a trial with {dose} over forty minutes | Spravato twice a week for a month | low-dose ketamine with a therapist in the room | an infusion at {place}
@outcome
I haven't touched {drug} since | I was clean for {span} and then slipped | the cravings came back after {span} | nothing changed except my bank balance | I sleep for the first time in years | it gave me a break, no more than that | I felt dissociated and frightened | I cried for two days and then something loosened | it helped my depression more than the drinking | the craving is still there but quieter | I had the worst nausea of my life | my blood pressure went up to {150-190} over {95-115} | I stopped after two because of the bladder pain
@effect
dizziness | a floating feeling | nausea | double vision | high blood pressure | bladder pain | burning when I pee | memory gaps | a headache for two days | vivid dreams | numb lips | a metallic taste | strange calm | panic | blurred vision | slurred speech
@claim
A single session is not a treatment, it is a start. | The relapse numbers after twelve months are the ones that matter. | The control group got midazolam, so people knew what they had been given. | {20-120} patients is not much to build a business on. | The effect size shrinks once you include the people who dropped out. | Therapy did most of the work if you ask me. | Set and setting are half of it. | Half of those clinics have no psychiatrist on the premises. | Naltrexone is cheap, boring and works, and no one writes about it. | We should not sell hope at {price} a session. | The bladder issue is no joke with daily use. | Ketamine has its own addiction risk and pretending otherwise is dishonest. | Not everyone who drinks too much needs a drug for it. | It's off-label, which many people don't realise. | Methadone saved more lives than all of these together.
@question
does anyone know whether insurance covers this in {town}? | what dose did they use in the {2013-2023} study? | is it safe with {medicine}? | how long before you could drive again? | did you have to stop {medicine} first? | is a history of psychosis a reason not to do it? | how many sessions did you need? | does it show up in a drug test at work? | what happens after the last infusion? | is there a waiting list on the NHS? | has anybody tried it for {drug}? | can I take it when I have high blood pressure? | what did you pay in total? | was there therapy in between or just the drip? | how do I find a legal clinic near {town}? | do they accept people who are still drinking? | are lozenges at home as good as the IV?
@price_talk
They asked {price} for {2-8} sessions, and our insurance paid nothing. | At {price} a go this is medicine for the rich. | The generic costs pennies, so why is a session {price}? | I paid {price} out of pocket and would do it again. | My plan covers Spravato but not the infusion, which makes no sense. | A vial costs the hospital a few dollars. | We took a loan of {price} for his treatment. | My pharmacist charges {5-40} dollars for naltrexone. | Private rehab quoted us {price}; the council service was free.
@lit
The Bristol trial found more abstinent days, see {paper} | There is a review here: {paper} | For anyone interested, the full text is open access: {paper} | Krupitsky's old work from the nineties is worth reading too, {paper} | NICE is a lot more careful: {paper} | Your summary of the {2017-2023} paper is a bit generous ({paper}). | Please cite the follow-up as well: {paper} | The Cochrane review says the certainty of evidence is low: {paper} | the doi in your second reference is dead, I think you mean {paper} | The dose figures are in table {1-4} of {paper} | Wikipedia has a decent overview of the pharmacology: {paper}
@lit_plain
Dakwar et al. {2014-2020}, Am J Psychiatry, is the one on cocaine. | See Grabski and colleagues, {2021-2022}, n={40-120}, p=0.0{1-9}. | Look up doi 10.1{100-999}/j.{2010-2023}.0{10-99} if you want the original. | The paper is behind a paywall but the preprint is free. | p = 0.{10-60} for the secondary outcome is not "promising". | The NIH has a plain page on this. | Check the references in the NICE guideline, number {50-150}.
@help
If you are struggling tonight, the Samaritans are on 116 123, day and night. | In the US you can call or text 988. | SAMHSA's helpline is 1-800-662-4357, free and confidential. | Frank has a line too: 0300 123 6600. | In Germany the Telefonseelsorge is 0800 111 0 111. | Lifeline in Australia is 13 11 14. | Call 911 first and give naloxone while you wait. | In Ireland it's the HSE helpline on 1800 459 459. | Drinkline: 0300 123 1110, they were kind to me. | There's the National Problem Gambling Helpline, 1-800-522-4700. | Hier die Nummer der Suchthotline: 01806 313031. | Al-Anon helped me more than anything, their number is in the phone book. | You can text SHOUT to 85258.
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.ketamine.experience",
            165,
            pages=("ketamine",),
            site=0.06,
            texts=lines("""
            {hello} {open} I {problem}. {ago}, I had {treatment} and {outcome}. {bye}
            {open} {^relative} {problem}. After {treatment} {outcome}. {claim}
            I {problem} and {outcome}. Not sure the {drug} article you linked applies to me. {bye}
            {open} Had {treatment} {ago}. {effect}, {effect}, and then {span} of peace. {bye}
            I {problem}. Nobody at {place} judged me. {outcome}. {smile}
            {hello} {treatment} {ago}: {outcome}. The {effect} was hard. {price_talk}
            {open} My story in short: I {problem}, relapsed {2-9} times, tried {medicine}, tried AA, tried {treatment}. {outcome}.
            Day {3-900} without {drug}. I {problem} before that. {treatment} {helped a little|did not help me|was the turning point|gave me a start}. {smile}
            {relative#1} {problem} and died {ago}. I read everything about {topic} because I keep asking what we could have done. {sadface}
            What I remember of my session: {effect}, music that seemed to come from inside, {effect}, a nurse holding my hand. {outcome}.
            {^relative} got {treatment}. {dose} I think. {effect} the whole evening but {outcome}.
            I took ketamine at parties for {span} before anyone called it medicine. I got {effect} and a habit. Now I read about {topic} and shake my head.
        """),
        ),
        Family(
            "honest.ketamine.question",
            120,
            pages=("ketamine",),
            site=0.05,
            texts=lines("""
            {hello} {question} {bye}
            {open} {question} {bye}
            {^question} And {question}
            {hello} I {problem} and my doctor mentioned {treatment}. {question} {bye}
            {^relative} starts {treatment} next week. {question} We are a bit nervous about {effect}.
            Sorry if this was asked before: {question}
            I'm on {dose} of {medicine}, {question}
            Reading about {topic}. {question} {bye}
            {hello} You write about {topic}. What I don't get: {question}
            {question} They quoted me {price}. {bye}
            Do you get addicted to the ketamine instead? {question}
            I got {effect} after {treatment}. Is that normal? {question}
        """),
        ),
        Family(
            "honest.ketamine.science",
            175,
            pages=("ketamine",),
            site=0.15,
            texts=lines("""
            {open} {lit} {claim}
            {lit}
            {claim} {lit}
            {hello} one correction: {lit} {bye}
            {lit_plain} {claim}
            {open} {lit_plain} {bye}
            {claim} {claim}
            I disagree about {topic}. {claim} {lit_plain}
            In the paragraph on {topic} you say "significant". {lit_plain} {claim}
            {lit}¶{lit}
            Two sources that are missing: {paper} and {paper}
            {hello} Could you add something on {topic}? {lit_plain}
            Typo under {topic}: it should be mg/kg, not g/kg. Otherwise fine. {lit}
            Half-life is about {2-3} hours, norketamine longer. {lit_plain} So {topic} needs a rewrite.
        """),
        ),
        Family(
            "honest.ketamine.cost",
            95,
            pages=("ketamine",),
            site=0.05,
            texts=lines("""
            {open} {price_talk} {bye}
            {price_talk} {claim}
            {price_talk} {question}
            {price_talk} {price_talk}
            {hello} we went to {place} {ago}. {price_talk} Staff were {lovely|rushed|kind but overbooked|professional}. {outcome}.
            The clinic in {town} where I went is {fine|closed now|run by two anaesthetists|not cheap}, {price} per visit with a discount if you book six. {outcome}.
            I would rather pay {price} for a good therapist than for {treatment}.
            Does {price} sound right for {treatment}? {question}
            Compared prices: {town} {price}, {town} {price}, abroad {price}. All without therapy. {claim}
        """),
        ),
        Family(
            "honest.ketamine.help",
            85,
            pages=("ketamine", "recovery", "health"),
            site=0.08,
            texts=lines("""
            {help}
            {open} {help} {bye}
            @{first} please don't go through this alone. {help}
            {hello} {help} {help}
            I was where you are {ago}. {help} {smile}
            {^relative} rang them at three in the morning and someone listened. {help}
            For anyone reading this in a bad moment: {help} {bye}
            Could the site put the numbers at the top? {help}
            {claim} And if someone needs to talk: {help}
        """),
        ),
        Family(
            "honest.ketamine.critic",
            100,
            pages=("ketamine",),
            site=0.08,
            texts=lines("""
            This reads like an advert for {clinics|the industry|a drug company|venture capital}. {claim}
            I expected better from this site. {claim} {claim}
            {claim} And the author says nothing about who paid for the study.
            Sorry but {topic} is plain wrong. {claim}
            So we cure a drug problem with a drug. What could possibly go wrong.
            Sure, and next week it's LSD for the common cold. {claim}
            The comments below are {more useful than the text|better informed than the article|a mess, but an honest one}. {claim}
            The whole ketamine clinic boom is a gold rush. {price_talk}
            {hello} I {problem}, and I'm tired of miracle cures. {claim}
            "{topic}" is the weakest part. {claim} {bye}
            I work as a {job} and I don't recognise this picture at all. {claim}
            Why is there not a word about {poverty|trauma|housing|loneliness|the waiting lists}? {claim}
            Utter nonsense, this study. {claim} {lit_plain}
            Big pharma will love this. {claim}
            Absolutely agree with {first}. {claim}
        """),
        ),
    ),
)
