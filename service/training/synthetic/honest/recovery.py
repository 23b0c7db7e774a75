# ruff: noqa: E501 - a template a line
"""People who gamble, drink, watch or take too much, in their own words; and those who live with them or grieve."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@game
online slots | roulette | sports betting | blackjack | the fixed odds machines | scratch cards | poker | bingo apps | crypto trading on leverage | horse racing | baccarat | the casino in {town} | in-play football bets | loot boxes | the lottery | video poker | togel | betting on tennis I'd never heard of
@loss
I lost {price} in one night | my wages were gone before the rent | I took {2-9} payday loans | I sold my guitar, my car and my wedding ring | I am {price} in debt | I stole from my own daughter's savings | I won {price} once and gave back ten times that | I chased it until four in the morning | I had {3-40} credit cards | the house is gone | I deposited {20-500/10} every hour
@tool
self-excluded with GamStop | installed Gamban | gave {relative} my bank cards | blocked the casino mails | cancelled my betting accounts | joined GA | called the debt charity | told {relative} everything | deleted the apps | put a limit on my account | moved my wages to {relative}'s account | asked the bank to block gambling payments
@trigger
a free bet in my inbox | an advert at half time | a pay day | a row with {relative} | boredom | being alone on a Sunday | the smell of a pub | one bonus code by e-mail | a big win on telly | payday Friday | Christmas | a bad week at work
@vice
porn | gaming | gambling | drinking | weed | pills | casinos | webcam sites | online poker | sleeping tablets | escorts | betting | vodka
@streak
{2-99} days | {2-11} months | {2-20} years | one week | 24 hours | {30-400} days
@feel
Ashamed but still here. | One day at a time. | I never thought I'd write this. | My hands are shaking as I type. | I feel lighter. | It still pulls at me. | I don't trust myself yet. | Proud is too big a word. | Every day is a fight but a fair one. | I'm tired of lying. | It gets easier, then hard, then easier. | I cried in the car and then went in. | Nobody clapped, but I slept.
@ask
How did you tell your family? | What do you do with the evenings? | Does the blocking software really work on a phone? | Has anyone managed to do this without meetings? | When does the craving stop? | How do I help him without paying for it? | Is it normal to dream about it? | Should I pay his debts? | Anyone here from {town}? | Do you tell a new partner?
@abuse
my stepfather hit me with a belt | I was raped at {15-30} | he locked me in the flat | I was beaten every payday | my ex broke two of my ribs | I was molested as a child and no one believed me | she threw plates at us | he called me a worthless whore in front of the kids | my father told me daily that I was stupid | I grew up with a violent drunk | a priest abused me when I was {8-13} | he raped me and my family said I wanted it
@grief
I found {relative} on the bathroom floor. | {^relative} overdosed {ago}. | We buried {relative} on a Thursday. | Fentanyl took {relative} {ago}. | He was {19-45} and had a laugh you heard through walls. | She had {streak} clean and one bad batch. | They gave him naloxone twice and it was too late. | I still pay for her phone so I can hear the voice mail. | His dog waits at the door. | The police came at six in the morning.
@grief_end
Hug your people. | I miss her every hour. | Please carry naloxone. | I don't have a lesson, I only wanted to say his name: {first}. | Nobody brings you a casserole when it was drugs. | Be kind to the ones who are left. | I was so angry with him, and I'd give anything to be angry with him again. | Thank you for letting me write this. | Grief has no timetable. | Rest easy, {first}. {sadface}
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.recovery.gambler",
            145,
            pages=("recovery",),
            site=0.04,
            texts=lines("""
            {hello} {first} here, {22-66}, compulsive gambler. {game}, mostly. {loss}. {feel}
            {streak} without {game}. {loss} before I {tool}. {feel} {smile}
            I {tool} and {tool}, and still {trigger} nearly got me. {feel}
            {loss}. It was {game}. {feel} {ask}
            It started with {game} at {15-30}. {loss}, {loss}. Then I {tool}. {bye}
            Relapsed {ago} after {streak}. {trigger}, that's all it took. {loss}. {feel}
            Casino sites send me {free spins|100% bonus offers|deposit bonuses|"VIP" mails} every day, although I {tool}. How do you make it stop?
            {^game} is poison for people like me. {loss}. {^tool} today. {feel}
            {hello} {relative} plays {game} {often}. {ask} {bye}
            To {first} above: I {tool} and it worked. {streak} now. {feel}
            Won {price} on {game} {ago}. Worst thing that ever happened to me. {loss}.
            No, the slots are not "due" to pay out. {loss} believing that. {feel}
            {ask} I {tool} but {trigger} gets me every time.
            Bet365, William Hill, Stake, I had accounts with all of them. {loss}. {^tool}.
        """),
        ),
        Family(
            "honest.recovery.vices",
            190,
            pages=("recovery", "health", "ketamine"),
            site=0.04,
            texts=lines("""
            {hello} {vice} is my problem, {span} now. {feel} {ask}
            {streak} without {vice}. {feel} {smile}
            I swapped {vice} for {vice}, then {vice}. {feel}
            My {husband|wife|boyfriend|girlfriend} watches porn {often} and I don't know how to talk about it. {ask}
            I spent {price} on {escorts|webcam sites|pills|vodka|cocaine|online poker} and told {relative} it was the car. {feel}
            {vice} was never the problem, it was the solution that stopped working. {feel}
            {trigger}, and I'm back on {vice}. {streak} gone. {feel}
            Thank you for writing about {topic}. I {tool}. {vice} has less of a hold on me than {ago}. {bye}
            I used {vice} so I would not feel anything. {ask}
            {^drug} at {14-30}, {drug} at {20-40}, and now {streak} of nothing. {feel}
            I used heroin for {span} and I'm alive. {feel} {smile}
            Heroin, methadone, heroin again, then {medicine}. {streak} clean. {feel}
            {ask} I'm {streak} off {drug} and sleep is a rumour. {feel}
            Porn was my drug, {span} of it. {^tool}, and {streak} so far. {feel}
            Does porn addiction count here? I watch porn {often} and my {wife|girlfriend|partner} found out. {ask}
            They found Xanax and {drug} in my blood after the crash. {feel}
        """),
        ),
        Family(
            "honest.recovery.abuse",
            90,
            pages=("recovery", "ketamine", "health", "faith"),
            site=0.03,
            texts=lines("""
            {abuse}. I drank to forget it. {feel}
            I never told anyone but {abuse}. {topic} made me write this. {bye}
            {hello} {abuse}, and it took me {span} to see that it was not my fault. {feel}
            As a child {abuse}. Therapy is slow. {feel} {smile}
            "Why didn't you leave?" Because {abuse} and I had nowhere to go.
            {abuse}. Later I married the same man twice. {feel} {ask}
            He said I was {worthless|an ugly cow|a stupid bitch|garbage} for {span}. I believed it. I don't any more. {smile}
            What nobody says about addiction: many of us were hurt first. {abuse}.
        """),
        ),
        Family(
            "honest.recovery.grief",
            90,
            pages=("recovery", "ketamine", "health"),
            site=0.04,
            texts=lines("""
            {grief} {grief_end}
            {grief} {grief} {grief_end}
            {hello} {grief} {grief_end}
            Reading about {topic}. {grief} {grief_end}
            {streak} since {first} died. {grief} {grief_end}
            I lost {relative} to {drug} {ago}. {grief_end}
            Two funerals in one year, both {drug}. {grief_end} {sadface}
            {grief} The coroner wrote "misadventure". {grief_end}
        """),
        ),
        Family(
            "honest.recovery.support",
            95,
            pages=("recovery", "ketamine", "health"),
            site=0.08,
            texts=lines("""
            Well done {first}! {streak} is huge. {smile}
            {first}, you are not alone in this. I {tool}, and it got better.
            So sorry for your loss, {first}. {sadface}
            Keep going. Call someone before you log in. {smile}
            Please don't be so hard on yourself, {first}. A slip is not a fall.
            This made me cry. Thank you for your honesty, {first}. {sadface}
            Sending strength from {town}. {smile}
            Congratulations on {streak}!! {smile}
            I could have written this word for word. {feel}
            Have you tried {meetings|a sponsor|the debt charity|SMART Recovery|talking to your GP|a walk before the first drink}? It helped {relative}. {bye}
            We write about living with a gambler on our little blog, {url}. No ads, only our own story. {bye}
            I made a video about my first year sober, if it helps anyone: {knownurl}. {bye}
            I keep a diary of my recovery at {url}, feel free to say hello. {bye}
            {first}, ring your sponsor. Now. We'll be here later.
            Tell {your wife|your mum|someone} tonight. The lie is heavier than the debt.
        """),
        ),
    ),
)
