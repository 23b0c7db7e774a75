"""Comments as people and robots write them under a page about ketamine therapy. All of our own invention."""

from datetime import timedelta
from typing import Any

from service.moderation.model import Facts, Similar, Status

HONEST = (
    "I had 0.5 mg/kg over 40 minutes, six sessions in three weeks. By the fourth I could feel the sun again.",
    "They charge $400-800 a session here, and insurance paid nothing. $1,200-1,500 for the first visit. Cash only!",
    "My brother took his life in 2019. Reading this I wonder whether it could have helped him. I miss him every day.",
    "Relapsed after 14 months. Not proud of it. Day 3 clean again. Be gentle with yourselves.",
    "If you are in a dark place tonight: call 988 (US), 116 123 (Samaritans, UK) or text HOME to 741741. Please.",
    "Samaritans can also be reached free on 116123; the old freephone was 0800 111 0 111 in Germany.",
    "SAMHSA has a helpline, 1-800-662-4357, open 24/7, 365 days. They were kind to me. Also 1-888-628-9454 in Spanish.",
    "The trial is here: https://doi.org/10.1001/jama.2020.1234 and it had 91 patients, 2019-2021.",
    "10.1001/jama.2020.1234 says 52% responded, p < 0.001, n=99; compare 10.1176/appi.ajp.2013.13030392.",
    "Has anyone combined it with lamotrigine 200 mg or bupropion 150 mg twice a day? My doctor said 25 mg steps.",
    "Bladder pain after two years of street ketamine, 2 g a day. Please do not do what I did, get help earlier.",
    "Spravato 56 mg on 03.05.2021, then 84 mg on 10.05.2021 and 17-05-2021; blood pressure 145/95 after 40 min.",
    "Thank you so much",
    "Thank you!",
    "Danke für diesen Text. Meine Mutter hatte große Angst davor, jetzt hat sie sich angemeldet.",
    "مرحبا، شكراً لكم على هذه المقالة المفيدة جداً",
    "תודה רבה על המאמר, הוא עזר לי מאוד בשנה האחרונה",
    "この記事に救われました。ありがとうございます。",
    "ขอบคุณมากครับ บทความนี้ช่วยผมได้มาก",
    "Cảm ơn bài viết, mẹ tôi đã điều trị và thấy đỡ hơn nhiều.",
    "Cheapest clinic I found was 350 euros, the best one 500. Do not buy it online, you never know what is in it!!",
    "I snorted it at parties for years. The clinic is nothing like that: a chair, a blanket, a nurse, music.",
    "See my story on www.example.org/my-story and the reply at https://example.net/reply, both about the dose.",
    "The pump said 0.5 0.75 1.0 1.25 1.5 ml/h. Weight 70 kg, so 35 mg in 50 ml, 100 - 150 - 200 mg later.",
    "ISBN 978-0-306-40615-7, a good book; the older one is ISBN 0-306-40615-2. PMID: 31234567, NCT01234567.",
    ("WHO says https://www.who.int/news-room/fact-sheets/detail/depression, NIH https://pubmed.ncbi.nlm.nih.gov/31234567/, "
    "and https://en.wikipedia.org/wiki/Ketamine_(medication) has a section on it too."),
    "1) Ask about your heart. 2) Eat nothing for 4 hours. 3) Bring someone. Session 1 of 6 was on 2021-05-03 at 10:30.",
    "Fuck depression. That is all. 12 years, 9 drugs, ECT twice, and then this.",
    "Psalm 88 got me through it. He relapsed on day 77 and again on day 138; I have 99 days now.",
    "Room 303 was where I detoxed, ward 88 where I learned to sleep. Number 99 on the list for a flat now.",
    "@Maria same here! My 2nd infusion was worse than the 1st, 3rd-6th were fine. 5/10 -> 8/10 on my mood scale.",
)  # fmt: skip

HONEST_NAMES = (
    "Anna", "Price", "Bill Cash", "George Best", "J.R.R. Tolkien", "will.i.am", "Dr.Lee", "Mary-Jane O'Neill", "Zoë",
    "Free Spirit", "Charity Sale", "Penny Price", "李小龍", "مريم", "Best Dad", "Online", "St. John", "anon123", "M.D. Shoes",
)  # fmt: skip


def facts(body: str = "Thank you for writing this page.", **known: Any) -> Facts:  # noqa: ANN401 (each fact has its own type)
    """Make facts about an ordinary comment, with what the test knows better."""
    return Facts(**{"body": body, "author_name": "Anna", **known})


def similar(likeness: float = 0.95, **known: Any) -> Similar:  # noqa: ANN401 (each fact has its own type)
    """Make an earlier near-duplicate in another thread by another author, published."""
    return Similar(
        **{
            "likeness": likeness,
            "age": timedelta(hours=1),
            "is_same_thread": False,
            "is_same_author": False,
            "status": Status.PUBLISHED,
            **known,
        }
    )


SPAM = {
    "five links": facts("Nice post, look at " + " and ".join(f"https://shop{i}.example/buy" for i in range(5))),
    "three links": facts("I wrote about it at http://a.example/1 and http://a.example/2 and also at http://b.example"),
    "forty links": facts("Cheap stuff and more of it: " + " ".join(f"http://pills{i}.example" for i in range(40))),
    "only a link": facts("https://pills.example/ketamine"),
    "two words and a link": facts("click here http://casino.example/bonus"),
    "bbcode": facts("Great article, I agree wholeheartedly. [url=http://pills.example]cheap pills[/url]"),
    "bbcode twice": facts("[url=http://a.example]a[/url] [URL]http://b.example[/URL]"),
    "html anchor": facts('Great article, I agree. <a href="http://pills.example">cheap pills</a>'),
    "html anchors": facts("<a href='http://a.example'>a</a> <A class=x HREF=http://b.example>b</A>"),
    "keyword name": facts(author_name="Buy Ketamine Online"),
    "keyword name with seo": facts(author_name="Best SEO Agency London"),
    "keyword name of goods": facts(author_name="cheap viagra"),
    "loans": facts(author_name="Payday Loans Online"),
    "name is a domain": facts(author_name="best-casino.com"),
    "name is an address": facts(author_name="https://pills.example"),
    "name with a domain": facts(author_name="visit mypills24.net now"),
    "duplicate elsewhere": facts(similar=(similar(),)),
    "duplicate of many": facts(similar=(similar(), similar(), similar())),
    "duplicate of spam": facts(similar=(similar(status=Status.SPAM),)),
    "honeypot": facts(is_honeypot_filled=True),
    "milliseconds": facts(form_age=timedelta(milliseconds=80)),
    "lookalike host": facts("Your parcel waits, please confirm at http://www.раураl.com/login before Friday evening"),
    "lookalike website": facts(author_website="https://www.gооgle.com/"),
    "throw-away address": facts(email_domain="mailinator.com"),
    "fullwidth name": facts(author_name="Ｂｕｙ pills ｏｎｌｉｎｅ"),
    "hidden letters in name": facts(author_name="B\u200buy pi\u200blls onl\u200bine"),
}
