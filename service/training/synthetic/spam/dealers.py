# ruff: noqa: E501 - a template a line
"""Illegal sale: dealers and papers, people who look for them, minors among them; and the lawful errands next door."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

WORDS = lexicon("""
@stuff
ketamine | K | ket | pure ketamine crystals | MDMA | molly | xans | Xanax bars | percs | oxy 30s | coke | LSD tabs | DMT carts | shrooms | edibles | weed | adderall | fentanyl patches | ketamine vials | lean | GHB | mephedrone | speed | heroin | meth | 2C-B | Valium | Suboxone strips | roxys | Rivotril | pills | tabs | good bud | Ritalin
@goods2
fake passports | counterfeit notes | cloned cards | driving licences without a test | guns without papers | stolen accounts | fake vaccination cards | prescription pads | bank logs | steroids | unregistered firearms
@perk
discreet shipping | vacuum sealed | stealth packaging | lab tested | fast delivery to your door | no script needed | crypto only | overnight to all states | meet-ups in {town} | bulk discounts | top quality, uncut | reship guaranteed | cash or Bitcoin | minimum order {50-300/50} | drop in {town} | ships from the EU | samples available
@reach
DM for menu | hit me up on Telegram @{handle} | Wickr: {handle} | WhatsApp {mobile} | text {phone} | Signal {mobile} | t.me/{handle} | {email} | snap: {handle} | add {handle} on Session | my Threema is {handle} | message me for the price list | inbox for prices | order at {spamhost} | {spamurl} | ask for {first} | link in bio | hmu
@pricey
{40-300/10} a gram | {5-40/5} each | {200-900/50} an ounce | {10-80/10} per bar | {price} for {10-100/10} | {price} the lot | two for {30-100/10}
@kid
I'm {12-17} | im {12-17} and my parents can't know | we're in year {8-11} | I'm in {8|9|10|11}th grade | as a {13-17} year old I can't go to a doctor | my friend and I are both {13-17} | not 18 yet
@want
where can I get {stuff} | how do I get {stuff} without my parents finding out | who sells {stuff} in {town} | can someone send me {stuff} | does anybody know a plug for {stuff} | where do people buy {stuff} online | how do I order {stuff} so that it comes in a plain envelope | which market has {stuff} at the moment | anyone holding {stuff} near {town} | looking for a dealer in {town} for {stuff} | need {stuff} tonight, who's around {town} | can I buy your leftover {stuff} | any doctor who writes scripts for {stuff} without asking | willing to pay {price} for {stuff} | got a hook-up for {stuff}
@why
to stop the cravings | my doctor cut me off | for a party | I can't sleep | for my anxiety | just to try it once | everyone at school has it | because the clinic is too expensive | to treat myself at home | asking for a friend
@legal
naloxone | my prescription | Suboxone | nicotine patches | the nasal spray | methadone | my ADHD tablets | the morning-after pill | paracetamol | an EpiPen | needles | test strips
@errand
Where can I pick up {legal} in {town}? | The pharmacist gave me {legal} free of charge. | You can get {legal} at the pharmacy without a prescription here. | {^legal} costs {5-60} dollars at the chemist. | Does the pharmacy deliver {legal}? | Can my GP prescribe {legal}? | They ask for ID when you collect {legal}. | My pharmacy ran out of {legal} again. | I returned the leftover {stuff} to the pharmacy. | How do I find a licensed clinic near {town}? | Is {stuff} legal with a prescription in {Canada|Germany|Texas|the UK}? | Where can I find a legal trial? | Police seized {2-90} kilos of {stuff} in {town}. | Someone offered me {stuff} outside the clinic and I walked on. | A dealer messaged me after I posted here, please be careful. | My son bought {stuff} online and died of it. | I used to sell {stuff} and served {2-12} years. | They sell {stuff} openly at the station, and no one does anything. | {^stuff} was {5-80/5} a gram when I was using. | I found {stuff} in my daughter's room, she's {13-17}. What do I do? | I'm {13-17} and my brother takes {stuff}. Who can I talk to? | I'm {13-17}, they offered me {stuff} at school and I said no.
@reach2
DM me | my snap is private, just reply | message me please | reply here | hmu | pm pls | I can pay
""")

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "illegal.dealer",
            165,
            bad=("spam", "illegal_sale"),
            pages=("ketamine", "recovery", "medicine", "video", "health", "news", "games"),
            author="handle",
            site=0.05,
            texts=lines("""
            {stuff}, {stuff}, {stuff} available. {perk}. {reach}
            Got {stuff} {pricey}, {perk}. {reach}
            Selling {stuff} {pricey}. {reach}
            {hello} I can help with {stuff}, {perk}, {perk}. {reach}
            Forget the clinic prices, {stuff} for {pricey}. {reach}
            No need for a doctor, {stuff} {pricey}, {perk}. {reach}
            Need {stuff}? {reach}
            {reach} for {stuff} and {stuff}
            {stuff} {stuff} {stuff} {reach}
            {topic} is overpriced. I have {stuff}, {perk}, {reach}
            Best {stuff} in {town}. {perk}. {reach} 🔌
            ❄️🍬💊 {reach} {perk}
            plug here {smile} {stuff} {pricey} {reach}
            if you want the real thing: {stuff}. {reach}
            Honest vendor, {span} in business. {stuff}, {stuff}, {perk}. {reach}
            {first}, I saw your comment. I can get you {stuff}, {perk}. {reach}
            My guy has {stuff}, {perk}. {reach}
            I sell {stuff} from my own prescription, {pricey}, {town} area. {reach}
            We supply {stuff} in powder and liquid. {perk}. {perk}. {reach}
        """),
        ),
        Family(
            "illegal.script",
            90,
            bad=("spam", "illegal_sale"),
            pages=("ketamine", "recovery", "medicine", "health"),
            author="full",
            site=0.3,
            texts=lines("""
            Prescriptions for {stuff} without seeing a doctor. {perk}. {reach}
            Our online doctor signs your {stuff} script in five minutes, no questions asked. {reach}
            Buy {stuff} without prescription, {perk}. {reach}
            Order {stuff} online without Rx, {perk}, {perk} {reach}
            You can get {stuff} at home without all this paperwork. {reach}
            No prescription? No problem. {stuff} and {stuff}. {reach}
            Script pads, sick notes and {stuff}. {reach}
            I know a pharmacy that ships {stuff} with no script. {reach}
        """),
        ),
        Family(
            "illegal.goods",
            70,
            bad=("spam", "illegal_sale"),
            pages=("news", "video", "travel", "money", "games"),
            author="handle",
            site=0.1,
            texts=lines("""
            {goods2} for sale. {reach}
            We make {goods2}, {perk}. {reach}
            Need {goods2} or {goods2}? {perk}. {reach}
            {goods2}, {goods2}, {goods2}: {reach}
            Buy {goods2} that pass every check, {pricey}. {reach}
            {hello} serious buyers of {goods2} only. {reach}
        """),
        ),
        Family(
            "illegal.minor",
            100,
            bad=("illegal_sale",),
            pages=("ketamine", "recovery", "health", "video", "medicine"),
            author="person",
            site=0.0,
            texts=lines("""
            {kid}, {want}?
            {kid}. {want}? {why}
            {want}? {kid} btw
            {hello} {kid}, {want}, {why}
            {kid} and I want to try {stuff}, {want}?
            {want}, {kid}, {why}
            pls help, {kid}, {want}? {reach2}
            {kid} and depressed and read about {topic}. {want}?
            how old do you have to be to buy {stuff}? {kid}. {want}?
            {kid}, my sister's ID works online, {want}?
        """),
        ),
        Family(
            "illegal.seeker",
            90,
            bad=("illegal_sale",),
            pages=("ketamine", "recovery", "health", "video", "medicine", "games"),
            author="person",
            site=0.0,
            texts=lines("""
            {want}?
            {want}? {why}
            {hello} {want}, {why}. {reach2}
            {want}. {reach2}
            {why}, so: {want}?
            I can't afford {topic}. {want}?
            no judgement please, {want}?
            new in {town}, {want}?
            {first} where did you get yours? {want}?
            Thanks for the article. {want}? {reach2}
            WTB {stuff}, {town}, {reach2}
            plug? {stuff}, {town}
        """),
        ),
        Family(
            "honest.pharmacy",
            125,
            pages=("ketamine", "recovery", "health", "medicine", "news"),
            site=0.03,
            texts=lines("""
            {errand}
            {errand} {errand}
            {hello} {errand} {bye}
            {topic}: {errand}
            @{first} {errand}
            {errand} {smile}
            As a {job}: {errand}
            Please do not sell {stuff} here. {errand}
            Mods, the user above is selling {stuff}. {errand}
        """),
        ),
    ),
)
