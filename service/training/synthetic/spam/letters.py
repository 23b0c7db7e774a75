# ruff: noqa: E501 - a template a line
"""Spam that takes its time: advertorials, link-builders' letters, agents of trade and well-made comments that sell."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines
from service.training.synthetic.spam.shops import ANYWHERE
from service.training.synthetic.spam.shops import WORDS as GOODS

WORDS = {
    **GOODS,
    **lexicon("""
@open2
I hope this message finds you well. | I came across your website and was impressed. | Dear webmaster, | Dear Sir/Madam, | Hi there, I'm reaching out because | Good day, | To the owner of this site: | Quick question about your content. | I was reading your article {title} and noticed a gap. | My team and I love your work. | Greetings of the day! |
@offer
we would like to publish a guest post with one do-follow link | I can place your link on {100-900/100} high authority sites | we build mobile apps from {price} | I will write {3-10} SEO articles for free | our AI tool writes your comments and posts automatically | we would like to buy advertising space in this article | I found {4-60} broken links on your domain and have a replacement for each | we export {ware} at factory price | our agency increases organic traffic by {50-400/10}% | I have a list of {10-90}0,000 verified e-mails for sale | we can remove bad reviews from Google | we offer {service} with a {20-60/5}% reseller margin | I can bring {1-9}000 visitors to your page daily | we provide virtual assistants from {4-9} dollars an hour | your listing expires in {2-9} days, renew it
@close2
Kindly reply with your rates. | Let me know your budget. | Would you be interested? | Please revert at {email}. | Book a call: {spamurl} | Looking forward to a fruitful partnership. | Regards, {name}, Business Development Manager | Best, {name} | Unsubscribe: {shorturl} | MOQ {50-900/50} pieces, samples free. | Check our portfolio at {spamhost}. | Skype: {handle} | Call or text {phone}. | See the price list: {spamurl}
@adv
When it comes to {service}, choosing the right partner is essential. | Choosing {ware} can be overwhelming, but it doesn't have to be. | In today's fast-paced world, {service} is more important than ever. | Have you ever wondered why some people always win at {bet}? | Not all {ware} are created equal. | {^topic} is closely linked with {service}, as many experts agree. | {^topic} can affect your sleep, your mood and your wallet. | Modern families rely on {ware} to save time and money. | Many patients ask about {pill} these days. | The market for {coin} is growing rapidly. | With the rise of {coin}, financial freedom has become reachable for everyone. | Professional {service} in {city} ensures peace of mind. | If your {roof leaks|pipes burst|website is slow|hair is thinning|ex won't call back}, you are not alone.
@adv2
Our experienced team delivers outstanding results. | It offers unmatched quality at an affordable price. | Thousands of satisfied customers trust us. | It is completely natural and has no side effects. | From start to finish we handle everything. | Simply register, deposit and start earning. | We are licensed, bonded and insured. | All orders ship in plain packaging. | Unlike other companies we put you first. | Whether you are a beginner or a pro, there's a plan for you. | Customers report visible results within {7-30} days. | You won't find a better deal anywhere else. | Choose from over {200-5000/100} titles and enjoy daily bonuses.
@cta
{action}: {where} | Visit {where} today. | To learn more, see {where}. | Get started at {where}. | For more details {where} | {action} {where}, {perk}. | Use code {first}{10-50/5} at {where}. | Find us as {spokenhost}.
@agree
{first} makes a good point. | I could not agree more with this. | This resonates with me. | A well-researched piece. | Thought-provoking. | As someone in this field I can confirm it. | I've shared this with my colleagues. | You've covered {topic} nicely. | {^topic} is a question that we hear every day. | What stood out to me was {topic}.
@plug
At {spamhost} we've written extensively on it. | My own guide goes deeper: {spamurl} | We at {first} & {last} have helped hundreds of clients with exactly that. | I've been using {ware} and they changed everything, {where}. | Our free webinar on this is on {Tuesday|Friday}, sign up at {spamurl}. | You may also find our {service} page helpful: {where} | Happy to offer readers {10-40/5}% off with the code {first}{10-40/10}. | I'd suggest {service} by {spamhost}, they're the best in {city}. | The e-book is free this week at {shorturl}. | My course shows you how, link in my profile. | DM me for a free strategy call, {phone}. | That's why I founded {spamhost}.
"""),
}

CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "spam.letter.business",
            80,
            bad=("spam",),
            pages=ANYWHERE,
            author="full",
            site=0.4,
            texts=lines("""
            {open2} {offer}. {close2}
            {open2} {offer}. {close2} {close2}
            {offer}. {close2}
            {open2} {offer} and {offer}. {close2}
            {open2}¶¶{^offer}. {^offer}.¶¶{close2}
            Hello, {offer}. {close2}
            {open2} my name is {name}, {offer}. {close2}
        """),
        ),
        Family(
            "spam.letter.advert",
            95,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.6,
            texts=lines("""
            {adv} {adv2} {cta}
            {adv} {adv2} {adv2} {cta}
            {adv} {adv} {adv2} {cta}
            {adv} {adv2}
            {agree} {adv} {adv2} {cta}
            {adv} {cta}
            {adv2} {adv2} {cta}
            {adv} {adv2} {adv} {adv2} {cta} {cta}
        """),
        ),
        Family(
            "spam.letter.expert",
            95,
            bad=("spam",),
            pages=ANYWHERE,
            author="full",
            site=0.4,
            texts=lines("""
            {agree} {plug}
            {agree} {agree} {plug}
            {agree} {adv} {plug}
            {hello} {agree} {plug} {bye}
            {agree} One thing I would add: consistency is key. {plug}
            {agree} It takes time, patience and the right support. {plug}
            {agree} {agree} In short, it is all about balance. {plug}
        """),
        ),
    ),
)
