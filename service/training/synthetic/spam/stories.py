# ruff: noqa: E501 - a template a line
"""Testimonials without a shop: hackers who get money back, healers, lenders, traders; prizes and jobs by message."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines
from service.training.synthetic.spam.shops import ANYWHERE

WORDS = lexicon("""
@sir
Mr {name} | Dr {last} | Mrs {name} | Prophet {first} | Chief {last} | {first} Cyber Recovery | {last} Wizard Hackers | Madam {first} | Lord {last} | Doctor {first} {last} | Expert {last} | the {last} Recovery Team | Coach {first} | Prof {last} | a hacker called {handle} | Priest {first}
@reach
WhatsApp {mobile} | e-mail {email} | {email} | Telegram @{handle} | +{1-99} {mobile} on WhatsApp | his mail is {email} | contact {email} or call {mobile} | IG @{handle} | text {phone} | Signal {mobile} | t.me/{handle} | look for {handle} on Instagram | write to {email} | add @{handle} on Snapchat
@lost
I lost {price} to a fake broker | scammers emptied my wallet | my bitcoin was stolen | a romance scammer took {price} | I was locked out of my account | my forex account was frozen | a casino refused to pay out {price} | I invested my pension in a fake platform | my husband was cheating and I needed proof
@got
recovered every cent within {24-72} hours | got all of it back | gave me access to his phone without touching it | traced the thieves | got my funds back in {2-9} days | helped me when the police would not | restored my account | raised my credit score to {700-810} | sent me the full chat history
@ill
herpes | HPV | diabetes | hepatitis B | fibroids | cancer | ALS | erectile dysfunction | infertility | HIV | lupus | epilepsy | my drug addiction | alcoholism | kidney disease | depression | arthritis | tinnitus | the craving for {drug}
@cure
with herbal medicine | with his herbs and roots | within {2-6} weeks | without side effects | with a natural syrup | with powerful prayers | with a spell | after doctors had given up | and the hospital confirmed it
@wish
bring back my ex | save my marriage | win the lottery | get pregnant | win the court case | get a promotion | stop my husband from drinking | make him love me again
@emo
I never believed in this. | I am so happy today. | My joy has no end. | I promised to tell the world. | All thanks to God. | I know you will not believe it. | This is not a joke. | I am a living testimony. | If you are in the same situation, don't hesitate. | He is honest and reliable. | You can thank me later. | God bless him.
@brand
VODA | O2 Rewards | AmaStore | your bank | Post Office | the Lottery Board | PayMate | the tax office | NetStream | Parcel Service | TeleOne | Cola Promo
@prize
a {200-2000/100} pound voucher | a new iPhone | {100-900/50} free minutes | a cruise for two | {1-9},000,000 dollars | a {300-900/50} pound cash prize | free ringtones for a month | a gift card of {price} | a holiday in Spain
@sms_do
Call {phone} now | Reply YES to {50000-89999} | Text WIN to {50000-89999} | Claim at {shorturl} | Txt CLAIM to {80000-89999} | Confirm your details at {shorturl} | Ring {phone}, ppm 150p | Click {shorturl} within 24 hrs
@smallprint
T&Cs apply | 18+ | std rates | cost 150p/msg | to stop txt STOP | ref {100000-999999} | code K{100-999} | valid 12 hrs only | SAE box {10-999} | unsubscribe by text
@gig
packing pens at home | liking YouTube videos | typing jobs | receiving transfers for our company | online reviews | data entry | part time work with your phone | reshipping parcels | modelling for a brand | processing payments
@pay
{20-300/10} an hour | {price} a week | {price} per day | {5-15}% of every transfer | {100-900/50} dollars for two hours | up to {price} monthly
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "spam.story.recovery",
            90,
            bad=("spam",),
            pages=ANYWHERE,
            author="full",
            site=0.03,
            texts=lines("""
            {lost} {ago}. {sir} {got}. {reach}
            {emo} {lost}, then a friend introduced me to {sir} who {got}. {emo} {reach}
            {lost} and {lost}. {sir} {got}. {^reach}.
            If you need your money back, {sir} is the man. {emo} {reach}
            How I got my money back: {sir} {got}. {reach}
            Thanks to {sir} I {got}. {reach} {smile}
            {topic}... {emo} {lost}. {sir} {got}. {^reach}.
            Hire {sir} for phone spying, grade change, crypto recovery. {^reach}.
            I was depressed after {lost}. I even thought of suicide. Then {sir} {got}. {reach}
            Don't give up! {sir} {got}. {^reach}. {emo}
        """),
        ),
        Family(
            "spam.story.healer",
            90,
            bad=("spam",),
            pages=ANYWHERE,
            author="full",
            site=0.03,
            texts=lines("""
            {sir} cured my {ill} {cure}. {reach}
            {emo} I suffered from {ill} for {span}. {sir} cured me {cure}. {emo} {^reach}.
            I was {diagnosed with|told I had} {ill} {ago} until {sir} helped me {cure}. {reach}
            I want to testify how {sir} helped me to {wish}. {emo} {reach}
            Do you want to {wish}? {sir} is the solution. {^reach}.
            {sir} can {wish}, {wish} and cure {ill}. {^reach}.
            My husband left me for another woman. {sir} cast a spell and he came back {cure}. {reach}
            {emo} {ill} is gone. {emo} {sir}, {reach}
            {topic} is no cure, I tried. What freed me from {ill} was {sir}, {cure}. {^reach}.
            For {ill} remedy and to {wish} contact {sir}: {reach}
            I was addicted to {drug} for {span}. {sir} gave me herbs and the craving left {cure}. {reach}
        """),
        ),
        Family(
            "spam.story.wealth",
            85,
            bad=("spam",),
            pages=ANYWHERE,
            author="full",
            site=0.05,
            texts=lines("""
            {sir} traded {100-900/100} dollars for me and I withdrew {price} after {2-9} days. {reach}
            I'm {22-66}, a {job}, and retired thanks to {sir}. {reach}
            Who else is working with {sir}? She earned me {price} in {2-6} weeks.
            The market is crazy, without {sir} I would have lost it all. {reach}
            {emo} My first withdrawal of {price} came today, {sir}. {^reach}.
            I started with {200-900/100} dollars {ago} and my portfolio is at {price} now. My advisor {name} handles it, {reach}
            You don't need {topic}, you need a good broker. I work with {name}, look her up. {reach}
            Join the Illuminati and become rich and famous. {^reach}.
            I got a loan of {price} from {sir} in {24-72} hours. {emo} {^reach}.
            Blank ATM cards that withdraw {price} daily. {^reach}.
            {name} is the best trader I know, {reach}. {emo}
        """),
        ),
        Family(
            "spam.message.prize",
            85,
            bad=("spam",),
            pages=("video", "news", "games"),
            author="handle",
            site=0.02,
            texts=lines("""
            Congratulations! You have won {prize}. {sms_do}. {smallprint}
            URGENT! Your number was drawn for {prize} from {brand}. {sms_do}
            {brand}: your parcel is on hold, pay {1-3}.{10-99} at {shorturl}
            {brand}: we noticed a log-in on your account. {sms_do}
            WINNER!! {brand} gives you {prize}. {sms_do}. {smallprint}. {smallprint}
            Final notice: {prize} is waiting. {sms_do}. {smallprint}
            FREE entry in a weekly draw for {prize}! {sms_do}. {smallprint}
            Dear customer, {prize} from {brand}. {sms_do}
            Hot singles in {town} want to chat. {sms_do}. {smallprint}
            Last chance: upgrade your phone free, {brand}. {sms_do}. {smallprint}
            Hi mum, my phone broke, this is my new number {mobile}. Can you send {price} today?
            Someone has a crush on you. {sms_do} to find out who. {smallprint}
        """),
        ),
        Family(
            "spam.message.job",
            75,
            bad=("spam",),
            pages=ANYWHERE,
            author="full",
            site=0.1,
            texts=lines("""
            Earn {pay} {gig}. {^reach}.
            We are hiring: {gig}, {pay}, no experience. {^reach}.
            Work from home, {gig}. {^pay}. {reach}
            {hello} are you looking for a second income? {gig}, {pay}. {reach}
            I make {pay} with {gig} and so can you {spamurl}
            My last pay check was {price} working {10-20} hours online. My sister's friend earns {price}. {spamurl}
            Our company needs people with a bank account for {gig}. You keep {2-10}%. {reach}
            Students and moms welcome: {gig}, {pay}. Comment INFO or {reach}
            Become a {brand} brand ambassador, {pay}. {reach}
            Serious people only. {gig}. {^pay}, paid daily. {reach}
        """),
        ),
    ),
)
