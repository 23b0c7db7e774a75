# ruff: noqa: E501 - a template a line
"""Comments under articles on programming: snippets, versions, corrections, repositories."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines

SNIPPETS = lines("""
    for i in range(len(xs)): print(xs[i])
    const total = items.reduce((a, b) => a + b.price, 0);
    SELECT id, name FROM users WHERE created_at > now() - interval '7 days';
    git rebase -i HEAD~3
    docker run --rm -v $(pwd):/app node:20 npm ci
    if (err != nil) return err
    df.groupby("city")["sales"].sum()
    <div class="wrap"><a href="#top">up</a></div>
    let x: Option<&str> = None;
    export PATH=$HOME/.local/bin:$PATH
    echo htmlspecialchars($_GET['q']);
    sudo systemctl restart nginx
    x = [int(n) for n in line.split(",")]
    try: return cache[key] except KeyError: pass
    curl -s localhost:8080/health
    public static void main(String[] args)
    kill -9 $(pgrep python)
    rm -rf node_modules && npm install
    \\b[a-z0-9._%+-]+@[a-z0-9.-]+\\b
    body { margin: 0; font: 16px/1.5 serif }
    await Promise.all(urls.map(u => fetch(u)))
    WITH t AS (SELECT 1) SELECT * FROM t;
    assert f(2) == 4, f(2)
    ALTER TABLE orders DROP COLUMN note;
    ps aux --sort=-rss
    #include <stdio.h>
    add_action('init', 'my_theme_setup');
    chmod 644 wp-config.php
    print(f"took {time.perf_counter() - t0:.2f}s")
    map(str.strip, open("data.csv"))
""")
WORDS = lexicon("""
@tool
Python {2-3}.{6-13} | Node {16-22} | PHP {7-8}.{0-4} | Postgres {12-17} | Ubuntu {20-24}.04 | WordPress {4-6}.{0-9} | Rust 1.{50-80} | Go 1.{18-23} | Debian | macOS | Windows 11 | Django {3-5}.{0-2} | React {16-19} | SQLite | nginx | Vim
@fault
I get a segfault | it throws a KeyError | I get "permission denied" | the build hangs | it returns an empty list | the page stays white | TypeError: undefined is not a function | Error: ENOENT: no such file or directory | it kills the worker process | the tests pass locally and die in CI | the child process is never reaped | I get a 502 | memory goes up until the kernel kills it | the master branch no longer compiles | a deadlock after a few minutes | it's off by one hour in summer
@tip
You can drop the list() around it. | A generator would use less memory. | That's O(n²), use a set. | Use a prepared statement, this is an injection waiting to happen. | Don't parse HTML with a regex. | An index on created_at fixes it. | `git reflog` saved me there. | Pin your versions. | The race is still there if two workers start at once. | Use pathlib instead. | Turn on -Wall. | Escape the output. | Cache the compiled regex. | Benchmark with more than ten rows.
@nice
Thanks, this saved my evening. | Clear and to the point. | Best explanation of {topic} I've seen. | Works like a charm on {tool}. | Finally got {topic}. | Copied, pasted, works. Now I'll try to understand it. | I've sent this to the whole team. | The diagram helped.
@no
This is bad advice. | Premature optimisation. | Why not just use the standard library? | Your benchmark is flawed, you measure the start-up. | This breaks on {tool}. | I'd never run that in production. | Garbage in, garbage out. | The title is clickbait but okay. | That library has been dead since {2012-2022}.
""")


CHAPTER = Chapter(
    WORDS,
    (
        Family(
            "honest.code.snippet",
            90,
            pages=("code",),
            site=0.35,
            is_rough=False,
            texts=lines("""
            {tip} {nice} `{code}`
            On {tool} {fault}: {code}
            Shorter: {code}
            {hello} {fault} when I run {code} on {tool}. Any idea?
            {no} Try ¶¶    {code}¶¶{tip}
            I use ```{code}``` instead. {tip}
            {nice} I had to change one line:¶{code}
            {code}¶{code}¶gives me an error. {fault}.
            @{first} {code} does the trick.
            {fault} with {code}. {tool}, fresh install.
            <pre>{code}</pre> {tip}
        """),
        ),
        Family(
            "honest.code.talk",
            100,
            pages=("code",),
            site=0.35,
            texts=lines("""
            {nice} {smile}
            {nice} {tip}
            {no} {tip}
            {hello} {fault} on {tool}. {topic} did not help. {bye}
            {fault} after upgrading to {tool}. Rolled back.
            I put my version on GitHub: {knownurl}
            See {knownurl} for a discussion of {topic}.
            {tip} The docs say so too: {knownurl}
            I maintain a small library for this, {knownurl}, MIT. Issues welcome. {nice}
            I wrote a follow-up with {tool}: {url}
            {no} {bye}
            Typo in {topic}. {nice}
            What theme do you use for this blog? {nice}
            Is there an RSS feed? {nice}
            How do I kill a zombie process on {tool}? {fault}.
            {topic} drives me insane. {fault}. {fault}. {tool}, of course.
        """),
        ),
    ),
    verbatim={"code": SNIPPETS},
)
