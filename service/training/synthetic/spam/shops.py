# ruff: noqa: E501 - a template a line
"""Shops of every kind: pills, casinos, loans, essays, copies, followers; loud, fluent, or in lists of keywords."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines
from service.training.synthetic.pages import EVERYDAY

ANYWHERE = (*EVERYDAY, "ketamine", "recovery", "medicine", "video", "culture", "faith", "games")
WORDS = lexicon("""
@pill
viagra | cialis | levitra | tramadol | xanax | ambien | modafinil | phentermine | accutane | propecia | ivermectin | adderall | oxycontin | valium | ozempic | semaglutide | sildenafil | steroids | kamagra | soma | hydroxychloroquine | clomid | botox
@ware
replica watches | designer handbags | cheap jerseys | vape pens | disposable vapes | CBD gummies | delta 8 | hair extensions | wigs | wedding dresses | LED displays | solar panels | office chairs | air purifiers | sex dolls | sneakers | Yeezys | jewelry | phone cases | iPhones | gift cards | fake diplomas | driving licences | IELTS certificates | research peptides | weight loss tea | keto gummies | mattress toppers | gaming chairs | IPTV subscriptions | Office 365 keys | Windows keys | cheap flights | rental cars
@service
SEO services | guest posts | backlinks | web design | app development | logo design | essay writing | dissertation help | assignment help | proofreading | towing | locksmith | carpet cleaning | pest control | roof repair | plumbing | moving company | limo service | airport taxi | packers and movers | escorts | call girls | massage | dumpster rental | mobile car wash | tree removal | data recovery | phone hacking | credit repair | debt relief | tax relief | visa consulting | translation | video editing | digital marketing course | IT training | cloud migration | epoxy flooring | hair transplant | dental implants | rhinoplasty | laser hair removal | astrologer | vashikaran specialist | tarot reading | home tutors | wedding photography | AC repair | interior design | chartered accountants | private investigator | VPN | web hosting
@bet
online casino | live roulette | slot machine | sports betting | poker room | baccarat | satta king | teen patti | crash game | bingo | fantasy cricket | horse tips | fixed matches | lottery tickets | no deposit bonus | free spins | blackjack | online cricket id | color prediction
@coin
bitcoin | ethereum | forex | binary options | NFT | altcoins | USDT | crypto mining | trading signals | dogecoin | copy trading | an AI trading bot | gold futures
@city
Delhi | Mumbai | Dubai | Lahore | London | Manchester | Houston | Miami | Toronto | Sydney | Melbourne | Karachi | Bangalore | Chicago | Las Vegas | Dallas | Singapore | Jakarta | Istanbul | Paris | Berlin | Atlanta | Orlando | Leeds | Birmingham | Phoenix | Kolkata | Nairobi
@trade
buy {pill} online | {pill} | cheap {pill} | best {bet} | {bet} | {service} {city} | best {service} | {service} in {city} | {ware} | cheap {ware} | {ware} for sale | {coin} investment | {service} near me | buy {ware} | top {service} company | {bet} {2023|2024|2025|2026} | {first} | {name} | {ware} shop | {spamhost} | how to make money online | {service} agency | payday loans | free {ware}
@verb
Buy | Order | Get | Shop | Purchase | Try | Find | Grab
@perk
no prescription needed | free shipping worldwide | {20-90/5}% off this week | best price guaranteed | fast delivery | 24/7 support | discreet packaging | overnight delivery | money back guarantee | bonus pills with every order | no credit check | approved in {5-60} minutes | 100% genuine | lowest rates in {city} | first order free | limited offer | pay with bitcoin or PayPal | trusted by {2-90}000 customers | same day | instant withdrawal | {100-500/50}% welcome bonus | 99% uptime | white hat only | plagiarism free | guaranteed results
@action
Click here | Visit us | Check it out | Order now | Sign up today | Call {phone} | WhatsApp {mobile} | Learn more | See more | Apply now | Register here | Contact us at {email} | Book now | Join now | Read more | Download now | Visit my website | Go to our site | Claim yours
@where
{spamurl} | {spamhost} | {spamurl} | {shorturl} | {spokenhost} | {spamhost}
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "spam.shop.pills",
            85,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.5,
            texts=lines("""
            {verb} {pill} online, {perk}, {perk}. {where}
            {pill} {pill} {pill} {where}
            Cheap {pill} and {pill}! {^perk}! {action}: {where}
            Where to get {pill} without visiting a doctor? {where}
            Canadian pharmacy: {pill} ${1-4}.{10-99}, {pill} ${1-6}.{10-99} per pill. {where}
            I order my {pill} from {where}, {perk} and always real.
            {verb} generic {pill} {5-100/5}mg {where} {pill} dosage {pill} price {pill} side effects
            {hello} looking for {pill}? We have {pill}, {pill} and more. {perk}. {action} {where}
            Are you tired of paying too much for {pill}? {action}. {where}
            Our certified online pharmacy ships {pill} to the US, UK and {city}. {^perk}. {action} {where}
        """),
        ),
        Family(
            "spam.shop.bet",
            80,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.5,
            texts=lines("""
            Play {bet} today, {perk}! {where}
            {bet} with {perk}: {where}
            The best {bet} of {2023-2026}. {action} {where}
            I won {price} at {where} yesterday, {bet}. {^perk}.
            {bet} {bet} {bet} {city} {where}
            Sign up at {where} and get {100-500/50} free spins, {perk}
            Need sure tips? {bet}, {90-99}% win rate. {action}. Telegram @{handle}
            Real money {bet}. Instant payout to your bank, {perk}. {where}
            Get your {bet} now on whatsapp {mobile}, {perk}
            Win big tonight!!! {bet} {where} {perk}
            Try your luck, {first} just won {price} with {bet} → {where}
        """),
        ),
        Family(
            "spam.shop.goods",
            85,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.5,
            texts=lines("""
            {verb} {ware} at {where}. {^perk}.
            {ware} | {ware} | {ware} {where}
            Wholesale {ware}, {perk}, {perk}. {action}: {where}
            We are a leading manufacturer of {ware} from {city}. {^perk}. {action} {where}
            {hello} {ware} on sale now! {action} {where}
            {^ware} - {perk} - {where}
            If you want {ware}, {action} {where}
            Looking for {ware}? {^perk}. {where}
            Today only: {ware} {20-90/5}% OFF >> {where}
            My store has {ware} and {ware} in all sizes. {action} {where}
        """),
        ),
        Family(
            "spam.shop.service",
            90,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.6,
            texts=lines("""
            We offer {service} in {city}. {^perk}. {action} {where}
            {service} {city}, {service} {city}, {service} near me. {where}
            Best {service} in {city}. {^perk}. {action}: {phone}
            Are you searching for {service}? Our experts in {city} can help. {action} {where}
            If you need {service}, contact {email}. {^perk}.
            {hello} I am {name} from a {city} based {service} firm. We can take your website to page 1. {action}, {email}
            {first} provides {service} at affordable rates, {perk}. {where}
            Hire a professional for {service}! {action} {where}
            {service} is what we do. {10-30} years of experience in {city}. {where}
            Your site is not ranking for its keywords. We fixed this for {20-900} clients. {action} {where}
            {perk}! {service}, {service}, {service}. WhatsApp: {mobile}
            I noticed some errors on your site, we do {service}. Can I send you a quote? {email}
        """),
        ),
        Family(
            "spam.shop.coin",
            80,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.4,
            texts=lines("""
            I make {price} a week with {coin}. {action} {where}
            Invest {100-1000/100} dollars in {coin} and get {2-30}000 within {2-9} days. {^perk}. {where}
            {coin} is the future, don't miss it. {action} {where}
            Join our {coin} group, {80-99}% accuracy. Telegram: @{handle}
            Turn {100-900/50} into {2-9}k with {coin}, ask me how. {mobile}
            {^coin} giveaway! Send {0-1}.{1-9} BTC and receive double back {where}
            Work from home with {coin}, no experience, {price} per day. {where}
            Earn passive income with {coin}. {^perk}. t.me/{handle}
            {hello} our platform trades {coin} for you. {^perk}. {action} {where}
            Free airdrop: connect your wallet at {where} before {midnight|Friday|the end of the month}
        """),
        ),
        Family(
            "spam.shop.loans",
            65,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.3,
            texts=lines("""
            Money problems this month? We give loans from {price} to {price} at {1-4}% interest. {email}
            Bad credit? No problem. {^perk}. {action} {where}
            Get cash today, {perk}. Payday loans {city} {where}
            {hello} my name is Mr {name}, a private lender. Apply now: {email}, WhatsApp {mobile}
            Debt consolidation, {perk}. {where}
            Are you in debt? We clear it in {2-30} days. {action}: {where}
            Personal loan, business loan, student loan, {perk}, {email}
            Raise your credit score by {100-250/10} points. Contact {email}
            Loan offer at {2-3}% without collateral. Interested people should e-mail {email} with name, amount and phone number.
        """),
        ),
        Family(
            "spam.keywords",
            75,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.6,
            is_rough=False,
            texts=lines("""
            {trade}, {trade}, {trade}, {trade}
            {trade}, {trade}, {trade}, {trade}, {trade}, {trade}, {trade}
            {trade}¶{trade}¶{trade}¶{where}
            {trade} {trade} {trade}
            {trade}
            {trade} {where}
            {trade} - {trade} - {where}
            {where}
            {where} {where} {where}
            #{pill} #{pill} {trade} {trade} {where}
            Tags: {trade}, {trade}, {trade}
        """),
        ),
        Family(
            "spam.markup",
            95,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.6,
            is_rough=False,
            texts=lines("""
            <a href="{spamurl}">{trade}</a>
            <a href="{spamurl}">{trade}</a> <a href="{spamurl}">{trade}</a> <a href="{spamurl}">{trade}</a>
            [url={spamurl}]{trade}[/url]
            [url={spamurl}]{trade}[/url], [url={spamurl}]{trade}[/url] [url={spamurl}]{trade}[/url]
            [link={spamurl}]{trade}[/link]
            [{trade}]({spamurl})
            {topic} was useful. <a href="{spamurl}" rel="dofollow">{trade}</a>
            Thanks for the post! [url={spamurl}]{trade}[/url]
            <strong>{trade}</strong> {spamurl} <a href='{spamurl}'>{trade}</a>
            [b]{trade}[/b] [img]{spamurl}.jpg[/img] {spamurl}
            I agree with {first}. <a href={spamurl}>{trade}</a>
            {trade} {spamurl} [url]{spamurl}[/url] {trade}
            &lt;a href="{spamurl}"&gt;{trade}&lt;/a&gt;
            "{trade}":{spamurl}
        """),
        ),
        Family(
            "spam.anchor",
            65,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.4,
            texts=lines("""
            Nice blog. {trade} >> {spokenhost}
            google "{trade} {city}" and click the first result
            search for {spamhost} if you want {trade}
            type {spokenhost} into your browser, {perk}
            {topic} reminds me of {trade}, look up {spokenhost}
            {trade}: see my profile link
            for {trade} click my name
            {verb} {ware} from {spokenhost}, {perk}
            My site {spokenhost} has {perk}
            go to {spokenhost} they have {pill}, {pill} and {ware}
            {trade} ({spokenhost})
            visit h t t p : / / {spamhost}
            hxxp://{spamhost}/ {trade}
        """),
        ),
    ),
)
