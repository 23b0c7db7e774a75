"""Phrases with a meaning for the structural signals, by group. Looked up word by word, so their number costs nothing.

They say what a text is *about* or *does*; none is a verdict. The weights of the groups are trained.
"""
# ruff: noqa: RUF001 - words of many languages

from collections.abc import Mapping
from enum import StrEnum

from service.moderation.reading.features import tokenised


class Group(StrEnum):
    """What a phrase is a sign of."""

    TRADE = "words of trade"
    ORDER = "a call to act"
    SELF = "pointing at a page of one's own"
    CASINO = "gambling"
    PHARMACY = "selling medicines"
    MONEY = "easy money"
    ADULT = "adult services"
    SEO = "web marketing"
    MIRACLE = "a miracle testimonial"
    PRIZE = "a prize or a paid message"
    PRAISE = "praise that fits any page"
    MESSENGER = "a messenger"
    DRUG = "a drug by name"
    DEAL = "dealing in drugs"
    SEEK = "looking for a dealer"
    CARE = "treatment and experience"
    HELP = "where to find help"
    THANKS = "thanks"
    INSULT = "an insult"
    VULGAR = "swearing"
    SCORN = "contempt"
    PEOPLE = "a group of people"
    HATE = "hatred"
    THREAT = "a threat"
    HARM = "violence"
    DESPAIR = "despair"
    DEATH = "dying by one's own hand"
    YOUTH = "being under age"
    LEWD = "lewd talk"
    WHEREABOUTS = "where somebody lives or works"
    PLACARD = "words of an advertisement in another language"


_PHRASES: Mapping[Group, str] = {
    Group.TRADE: """
        buy|order|cheap|cheapest|discount|discounts|price|prices|sale|sales|shop|store|online store|wholesale|
        supplier|
        suppliers|shipping|free shipping|delivery|overnight delivery|best price|best prices|lowest price|
        lowest prices|
        affordable|deals|deal|coupon|coupons|promo code|promo|offer|offers|special offer|limited time|in stock|
        for sale|purchase|buy online|order online|refund|money back|guarantee|guaranteed|quality products|brand new|
        factory|manufacturer|replica|replicas|outlet|services|our services|company|agency|customers|clients|
        professional|package|packages|free trial|trial|subscription|vendor|dealer|warehouse|installment|
        best quality|high quality|top quality|100%|original product|we offer|we provide|we sell|we ship|our website|
        our site|our store|our shop|our company|our products|hire|rental|rent|booking|quote|free quote|
        consultation""",
    Group.ORDER: """
        click|click here|click the link|click on|visit|visit us|visit our|visit my|visit this|check out|check it out|
        check this|check my|go to|sign up|signup|join now|join us|join my|register|register now|subscribe|order now|
        buy now|call now|call us|contact us|contact me|contact him|contact her|contact them|contact|text me|dm me|
        dm us|message me|write me|email me|inbox me|inbox|hit me up|hmu|reach out to|reach him|reach her|get in touch|
        download|download now|watch now|learn more|read more|find out more|more info|more information|for more|
        try it|try now|get yours|grab|don't miss|dont miss|act now|hurry|apply now|get started|start earning|log on|
        follow me|follow us|add me|link in bio|see link|link below|copy and paste|google it|search for|
        search on google|
        look up|look him up|see my profile|my profile|in my bio|in bio|vote for|please vote|share this|like and share|
        please like|thumbs up|give it a like|reply stop|txt|reply|send""",
    Group.SELF: """
        my channel|my blog|my site|my website|my page|my web page|my webpage|my web site|my homepage|my video|
        my videos|
        my new video|my music|my song|my songs|my covers|my cover|my store|my shop|my profile|my youtube|my facebook|
        my instagram|my twitter|my homepage|my weblog|also visit my|feel free to|stop by|surf to|here is my|
        look at my|take a look at my|my new|our channel|our video|our music|our page|new channel|small channel|
        sub me|sub to|subscribe to my|sub back|subs|subscribers|i make|we make videos|i upload|i do covers|
        check out my|check my|gaming channel|my remix|my beats|my album|my ep|rap|i'm a rapper|followers|likes""",
    Group.CASINO: """
        casino|casinos|online casino|slot|slots|poker|betting|bet|bets|sportsbook|jackpot|roulette|blackjack|baccarat|
        bonus|free spins|spins|gambling|lottery|lotto|bookmaker|odds|gacor|maxwin|togel|situs|judi|scatter|jp|wd|depo|
        deposit|withdraw|payout|rtp|slot gacor|slot online|toto|1xbet|casinò|apuestas|казино|ставки|слоты|рулетка|
        bahis|kumar|cá cược|nhà cái|赌场|博彩|彩票|娱乐城|カジノ|
        카지노|토토|바카라|rummy|teen patti|satta|spielautomaten""",
    Group.PHARMACY: """
        viagra|cialis|levitra|kamagra|sildenafil|tadalafil|xanax|tramadol|adderall|valium|ambien|oxycontin|percocet|
        modafinil|phentermine|without prescription|no prescription|no rx|without rx|no script|prescription free|
        online pharmacy|pharmacy|pharmacies|canadian pharmacy|generic|erectile|penis|enlargement|weight loss|
        lose weight|diet pills|fat burner|keto gummies|keto|cbd|cbd oil|gummies|testosterone|steroids|hgh|sarms|
        supplement|supplements|male enhancement|hair loss|anti aging|detox tea|forskolin|garcinia|pills online""",
    Group.MONEY: """
        make money|earn money|earn|earning|earnings|extra cash|extra income|passive income|work from home|
        working from home|home based|online job|online jobs|part time job|per day|per week|per hour|a day|a week|
        a month|weekly|daily profit|profit|profits|roi|invest|investment|investments|investor|investing|forex|trader|
        traders|trading|binary|binary options|bitcoin|btc|crypto|cryptocurrency|ethereum|usdt|mining|account manager|
        recovery expert|recover your|lost funds|funds recovery|hacker|ethical hacker|hack|loan|loans|payday|
        credit score|bad credit|mortgage|refinance|insurance|debt|paypal|cash app|cashapp|western union|gift card|
        gift cards|financial freedom|rich|millionaire|signals|airdrop|nft|token|presale|wallet|double your""",
    Group.ADULT: """
        escort|escorts|call girl|call girls|hot girls|sexy girls|nude|nudes|xxx|porn|sex|sex video|sex videos|webcam|
        cam girl|camgirl|onlyfans|hookup|hook up|dating|dating site|singles|adult dating|milf|massage|sugar mummy|
        sugar daddy|sugar momma|meet singles|lonely|horny|18+|интим|эскорт|знакомства|секс|проститутки""",
    Group.SEO: """
        seo|backlink|backlinks|link building|search engine|search engines|google ranking|rankings|rank your|
        first page of google|page rank|website traffic|web traffic|more traffic|traffic|social media marketing|
        digital marketing|marketing|web design|web development|web hosting|hosting|wordpress theme|plugin|plugins|
        guest post|guest posts|guest blogging|article writing|content writing|essay|essays|essay writing|dissertation|
        assignment help|homework help|buy followers|buy likes|buy views|instagram followers|email list|leads|
        lead generation|outsource|outsourcing|domain|domains|affiliate|monetize|adsense|keyword|keywords|
        software|crack|full version|serial key|apk|mod apk|vpn|iptv|streaming|free download|torrent|robux|v bucks""",
    Group.MIRACLE: """
        spell caster|spell|spells|love spell|herbal|herbal medicine|herbal doctor|herbalist|dr|doctor|priest|prophet|
        cured|cured me|cure|got cured|healed|i was cured|my testimony|testimony|testimonies|i want to testify|
        thanks to|all thanks to|big thanks to|god bless|changed my life|got my ex back|ex back|my ex|brought back|
        bring back|save my marriage|herpes|hiv|hpv|hepatitis|fibroid|illuminati|lottery winner|winning numbers|
        recovered my|helped me recover|helped me|legit|he is real|100% legit|very reliable|reliable|trusted|
        trustworthy|i recommend|highly recommend|recommend|i came across|i came in contact|changed everything|
        best decision|so grateful|real and|genuine|genuinely""",
    Group.PRIZE: """
        winner|won|you have won|you won|prize|prizes|claim|claim your|award|awarded|congratulations|congrats you|
        selected|free|for free|absolutely free|free entry|freemsg|text|txt|ringtone|ringtones|per msg|per min|gbp|
        mobile|voucher|vouchers|gift|gifts|giveaway|win|win a|cash|customer|your account|account suspended|verify|
        verify your|confirm your|expires|expire|urgent|nokia|iphone|unsubscribe|opt out|stop to|t&c|18+ only|
        guaranteed|entry|draw|competition|rewards|reward|redeem|code|pin""",
    Group.PRAISE: """
        great post|nice post|good post|excellent post|awesome post|wonderful post|amazing post|great article|
        nice article|good article|excellent article|awesome article|wonderful article|amazing article|
        fantastic article|
        great blog|nice blog|awesome blog|amazing blog|wonderful blog|great site|nice site|great website|
        awesome website|
        nice website|very informative|really informative|informative post|informative article|very helpful|
        very useful|useful information|valuable information|great information|nice information|good information|
        excellent information|helpful information|great info|good info|useful info|this information|
        thanks for sharing|thank you for sharing|thanks for the post|thanks for posting|thank you for the post|
        thanks for the information|thanks for the info|for sharing this|for sharing such|sharing this|sharing with us|
        keep it up|keep up|keep up the|the good work|good work|great work|good job|great job|well written|
        very well written|well explained|nicely explained|quality content|quality articles|great content|
        excellent work|this post|this article|your post|your article|your blog|your site|your website|your web site|
        your weblog|your content|your writing|your writing style|this blog|this site|this website|this web site|
        this weblog|this webpage|this page|the post|blog posts|i like your|i love your|i really like|i really enjoyed|
        i enjoyed|really enjoyed|i stumbled|stumbled upon|came across your|i found your|found this|bookmark|
        bookmarked|
        book mark|book marked|bookmarking|i will bookmark|i'll bookmark|will come back|come back again|i will be back|
        visit again|looking forward to|looking forward|waiting for your|rss|rss feed|feed|subscribe to your|
        good points|valid points|some good points|nice points|very nice|really nice|very good|so nice|superb|
        magnificent|marvellous|marvelous|excellent|wonderful|fantastic|brilliant|remarkable|impressive|
        hello there|hi there|howdy|hey there|greetings|good day|what's up|hi to all|hello to all|hello everyone|
        i am impressed|i must say|i have to say|i just wanted to|just wanted to say|wanted to say|a fantastic read|
        good read|great read|nice read|interesting read|web page|webpage|weblog|blogger|bloggers|blogging|
        blog owner|site owner|webmaster|web owners|content creators|on the internet|on the web|on the net|
        internet browser|firefox|this topic|this subject|on this topic|on this subject|about this topic|
        i was looking for|been looking for|searching for|what i was looking|exactly what i|i'm happy to find|
        glad i found|my friends|share it with|share with my|my cousin|my brother suggested|recommended your|
        tips|post more|more posts|such a|such information|article writer|i think this is|among the|
        hosting provider|loads quickly|quick loading|template|theme|layout|design of your|look of your""",
    Group.MESSENGER: """
        whatsapp|whats app|whatsap|watsapp|telegram|on signal|via signal|my signal|signal me|wickr|kik|viber|snapchat|
        my snap|on snap|skype|wechat|threema|line id|t.me|telegram channel|on instagram|via instagram|my instagram|
        instagram page|instagram handle|his instagram|her instagram|instagram @|on insta|my insta|on ig|my ig|ig @|
        facebook page|on discord|my discord|телеграм|телеграмм|тг|лс|ватсап|вотсап|вацап|
        личку|личные сообщения|zalo|微信|加微信|qq|вконтакте""",
    Group.DRUG: """
        ketamine|ket|k|special k|esketamine|spravato|mdma|molly|ecstasy|lsd|acid|shrooms|mushrooms|psilocybin|dmt|
        cocaine|coke|heroin|meth|weed|cannabis|marijuana|thc|xans|xanax|oxy|oxycodone|fentanyl|fent|percs|percocet|
        adderall|lean|crack|ghb|2cb|tramadol|valium|benzos|pills|tabs|vials|powder|crystal|shards|bars|racemic""",
    Group.DEAL: """
        discreet|discreet shipping|discreet packaging|discreet delivery|stealth|stealth shipping|vacuum sealed|
        ships worldwide|shipping worldwide|worldwide shipping|ship worldwide|we ship|overnight shipping|
        same day delivery|
        lab tested|pharma grade|pure|uncut|top grade|per gram|per vial|bulk|bulk orders|wholesale price|vendor|plug|
        the plug|your plug|got you|hook you up|i got|i have some|i sell|selling|we sell|for sale|available now|
        bitcoin accepted|btc accepted|crypto accepted|no questions asked|no prescription|without prescription|
        no script|menu|price list|hit me up|hmu|dm for|text for|message for|dm me|darknet|dark web|dark market|
        meet up|meetup|drop off|dead drop|clandestine|cash only|fast delivery|delivered to|without a prescription|
        my guy|my dealer|a guy who|who sells|who can get|clean product|fire product|restock|restocked|закладки|
        закладка|
        клад|купить меф|мефедрон|соли|шишки|кладмен""",
    Group.SEEK: """
        where can i buy|where can i get|where to buy|where to get|where do i buy|where do i get|where did you buy|
        where did you get|anyone selling|anyone sell|anybody selling|who sells|looking to buy|want to buy|wanna buy|
        looking for a plug|need a plug|know a plug|know a dealer|know a guy|need a dealer|know where i can|
        know where to|can anyone get|can someone get|can you sell|sell me|hook me up|can i buy|how can i buy|
        how do i buy|how can i get|how do i get|without my parents|without my mom|without my mum|without parents|
        without a prescription|without prescription|any source|a source|good source|reliable source|send me some|
        get me some|get some|can u get|anyone got|who has|pm me|dm me if""",
    Group.CARE: """
        infusion|infusions|session|sessions|dose|doses|dosage|mg|ml|mcg|mg/kg|clinic|clinics|therapist|therapy|
        psychiatrist|doctor|doctors|nurse|hospital|insurance|prescribed|prescription|side effects|side effect|
        depression|anxiety|ptsd|bipolar|suicidal|pain|symptoms|diagnosed|diagnosis|treatment|treatments|trial|study|
        studies|placebo|remission|relapse|relapsed|relapsed after|recovery|sober|clean|withdrawal|addiction|addicted|
        addict|rehab|meetings|bladder|nausea|dissociation|blood pressure|medication|medications|meds|antidepressant|
        ssri|ssris|lamotrigine|lithium|bupropion|zoloft|lexapro|wellbutrin|my mother|my brother|my sister|my son|
        my daughter|my husband|my wife|my dad|my mom|my mum|years ago|for years|months|weeks|my doctor|
        my experience""",
    Group.HELP: """
        988|116 123|116123|samaritans|lifeline|hotline|helpline|crisis line|crisis text line|741741|samhsa|nhs|911|
        999|
        112|suicide prevention|talk to someone|please reach out|reach out|please call|you are not alone|not alone|
        telefonseelsorge|support group|support groups|gamblers anonymous|aa meeting|narcotics anonymous|na meeting|
        please talk|get help|seek help|ask for help|poison control|emergency room|go to the er""",
    Group.THANKS: """
        thanks|thank you|thank|thx|ty|danke|vielen dank|merci|gracias|obrigado|obrigada|grazie|terima kasih|makasih|
        спасибо|дякую|dziękuję|teşekkürler|teşekkür|cảm ơn|tack|takk|tak|dank je|bedankt|ありがとう|
        谢谢|谢谢你|감사합니다|شكرا|
        شكراً|
        תודה|ευχαριστώ|धन्यवाद|salamat|asante|multumesc|mulțumesc|köszönöm|kiitos|hvala|děkuji""",
    Group.INSULT: """
        idiot|idiots|moron|morons|imbecile|stupid|dumb|dumbass|fool|loser|losers|pathetic|clown|clowns|trash|scum|
        garbage|asshole|assholes|bastard|bastards|bitch|bitches|cunt|dick|dickhead|prick|twat|wanker|retard|retarded|
        whore|slut|pig|pigs|rat|rats|worthless|disgusting|creep|pervert|brainless|ignorant|liar|coward|sick|ugly|fat|
        jerk|douche|douchebag|scumbag|dipshit|jackass|nutcase|psycho|lunatic|dimwit|halfwit|simpleton|numbskull|
        troll|vermin|parasite|parasites|subhuman|filth|filthy|shithead|fuckface|motherfucker|motherfuckers|faggot|
        idioten|vollidiot|arschloch|schlampe|hurensohn|wichser|fotze|dummkopf|trottel|depp|spast|missgeburt|abschaum|
        dreck|drecksau|pack|gesindel|lügner|goblok|tolol|bego|anjing|babi|bodoh|kontol|bangsat""",
    Group.VULGAR: """
        fuck|fucking|fucked|fucks|fuckin|fck|fcking|shit|shitty|bullshit|crap|damn|goddamn|hell|ass|arse|piss|pissed|
        cock|pussy|tits|suck|sucks|blowjob|cum|wank|bollocks|screw|wtf|stfu|scheiße|scheiss|scheisse|fick|ficken|
        arsch|verdammt|verfickt|kacke""",
    Group.SCORN: """
        shut up|shut the|go away|get lost|get out|go back|go home|nobody cares|no one cares|nobody likes|who cares|
        get a life|grow up|kill yourself|kys|go die|drop dead|burn in hell|rot in hell|go to hell|eat shit|fuck you|
        fuck off|screw you|piss off|suck my|kiss my|you people|you disgust|you make me sick|ashamed of yourself|
        shame on you|what a joke|joke of a|waste of|waste of space|waste of oxygen|waste of air|your kind|
        people like you|
        your mother|your mom|your mum|brain dead|half a brain|a brain|no brain|mental|mentally|attention seeker|
        crybaby|snowflake|sheep|junkie|junkies|druggie|druggies|weak|failure|embarrassment|smarter than|
        too stupid|so stupid|as stupid|how stupid|how dumb|so dumb|never been loved|nobody loves|
        halt die|halt dein maul|halts maul|verpiss dich|geh sterben|schäm dich|schämt euch|fahr zur hölle""",
    Group.PEOPLE: """
        women|woman|men|girls|females|feminists|gays|gay|lesbians|lesbian|trans|transgender|queer|homosexuals|muslims|
        muslim|islam|jews|jew|jewish|christians|christian|blacks|black|black people|whites|white|white people|asians|
        asian|chinese|mexicans|mexican|latinos|arabs|arab|africans|immigrants|immigrant|migrants|refugees|refugee|
        foreigners|indians|indian|hindus|hindu|gypsies|roma|disabled|disabled people|autistic|deaf|blind|immigration|
        gay people|trans people|addicts|homeless|poor people|old people|frauen|muslime|juden|ausländer|flüchtlinge|
        migranten|asylanten|schwarze|schwule|türken|araber|polen|rumänen|syrer|behinderte|lesben|pakistanis|pakistani|
        nigerians|nigerian|somalis|somali|syrians|syrian|afghans|romanians|turks|kurds|koreans|
        filipinos|hispanics|latino|latinas|palestinians|israelis|gypsy|sikhs|sikh|buddhists|
        catholics|mormons|atheists|bisexuals|bisexual|nonbinary|the disabled|disabled person|wheelchair users|
        autistics|autistic people|fat people|the elderly|pensioners|the homeless|homeless people|junkies|
        alcoholics|the mentally ill|schizophrenics|jewish people|muslim women|black women|black men|
        single mothers|sex workers|asylum seekers|illegals""",
    Group.HATE: """
        hate|despise|loathe|detest|can't stand|are disgusting|is disgusting|are animals|are vermin|are scum|are trash|
        are parasites|are a disease|are a plague|a cancer|are inferior|inferior|subhuman|not human|aren't human|
        less than human|don't belong|do not belong|don't deserve|do not deserve|deserve to die|deserve to be|
        should be deported|deport|deported|should be banned|should be killed|should be shot|should be gassed|
        should be hanged|should be wiped|exterminate|exterminated|wipe out|get rid of|kick out|go back to|
        ruining|ruin|destroying our|taking over|invading|infest|infesting|infested|our country|are all|all of them|
        are evil|are stupid|are dirty|are criminals|are terrorists|are rapists|belong in|belong in the kitchen|
        know their place|their place|race war|white power|gas the|burn them|unnatural|abomination|perversion|
        degenerate|degenerates|better off without|be better without|
        should never|kept away|locked up|sterilised|sterilized|bred|breed|breeding|
        shouldn't be allowed|should not be allowed|not be allowed|don't want them|back where they|send them back|
        finished the job|should have finished|was right about|deserved it|got what they|had it coming|
        not real|aren't real|a mental illness|mentally ill|lower intelligence|less intelligent|smell|stink|savages|
        barbarians|cockroaches|rats|makes me sick|make me sick|abschieben|raus|
        vergasen|untermenschen|gehören abgeschoben|kriminelle""",
    Group.THREAT: """
        i will kill|i'll kill|im gonna kill|i'm gonna kill|i am going to kill|i'm going to kill|going to kill you|
        kill you|kill u|i will find|i'll find you|i will find you|we will find you|find out where you|
        know where you live|know where you work|where you live|where you sleep|your address|your family|your kids|
        your house|watch your back|you will regret|you'll regret|you're dead|you are dead|dead man|you're next|
        you are next|you will pay|you'll pay|pay for this|come for you|coming for you|come after you|beat you|
        beat the|smash your|break your|break your legs|cut your|slit your|stab you|shoot you|shoot up|burn down|
        burn your|hurt you|make you suffer|put a bullet|bullet in|bash your|kick your|punch you|rape you|
        hunt you|hunt you down|wait for you|waiting for you|outside your|sleep well|sleep tight|last warning|
        be careful|you better|or else|end you|strangle|drown you|throw acid|bomb|blow up|watching you|
        what car you|where you park|when you leave|on your way home|the way home|
        your front door|your daughter|your son|your wife|your children|alone at night|be waiting|i'll be there|
        we are coming|we're coming|coming for|will find out|learn the hard way|teach you a lesson|teach them a lesson|
        string them up|hang them|hang the|line them up|lined up|against the wall|put them down|
        run them over|run over|burn the|torch|firebomb|a visit|pay you a visit|snitches|
        bring you down|your days are|days are numbered|won't live|will not live|see what happens|
        ich bring dich um|bringe dich um|ich finde dich|weiß wo du wohnst|schlag dich|stech dich ab""",
    Group.HARM: """
        kill|killed|killing|murder|die|dies|dead|death|shot|shoot|gun|knife|stab|stabbed|beat|beaten|hang|hanged|burn|
        rape|raped|attack|blood|lynch|execute|gas|bomb|töten|umbringen|sterben|erschießen|aufhängen""",
    Group.DESPAIR: """
        no reason to live|nothing to live for|no point anymore|no point in|what's the point|can't go on|cannot go on|
        can't do this anymore|cant do this anymore|can't take it anymore|can't take this|cant take it|
        can't keep going|
        can't anymore|done with everything|done with life|done with this life|tired of living|tired of being alive|
        tired of everything|tired of fighting|so tired of|no way out|no hope|hopeless|lost all hope|give up|giving up|
        given up|gave up|better off without me|better without me|be better off|burden|a burden|nobody would miss|
        no one would miss|nobody will miss|nobody would notice|no one would notice|not be here|won't be here|
        wont be here|not be around|won't be around|anymore|any longer|last time|last message|last post|last comment|
        goodbye|goodbye everyone|good bye|farewell|this is goodbye|sorry everyone|forgive me|tell my|take care of my|
        gave away my|giving away my|said my goodbyes|wrote letters|wrote the letters|letters are written|
        disappear|fall asleep and not|not wake up|never wake up|don't want to wake|go to sleep forever|tonight|
        made up my mind|have a plan|have the pills|saved up|stockpiled|nothing helps|nothing works|last hope|
        last chance|
        can't see a way|don't see a way|end of the road|want it to stop|how much would|how many would|would it take|
        how many pills|
        lethal|fatal dose|painless|given away|gave my dog|found a home for|paid my bills|paid off|
        everything is settled|everything is arranged|nobody needs me|no one needs me|it's time|my time|
        ich kann nicht mehr|kann nicht mehr|war's das für mich|war es das für mich|keine kraft mehr|will nicht mehr|
        ich gebe auf|besser ohne mich|ohne mich besser|not be a problem|stop being a|
        peace at last|rest now|finally rest|want it to end|make it stop|
        ending things""",
    Group.DEATH: """
        kill myself|killing myself|want to die|wanna die|wish i was dead|wish i were dead|rather be dead|be dead|
        end my life|ending my life|end it|end it all|ending it|end things|take my life|take my own life|suicide|
        suicidal|
        kms|hang myself|shoot myself|cut myself|cutting myself|hurt myself|hurting myself|overdose|jump off|
        off myself|unalive|unalive myself|don't want to live|dont want to live|don't want to be alive|
        dont want to be here|don't want to be here|don't want to exist|stop existing|not exist|selbstmord|
        umbringen|mich umbringen|nicht mehr leben|will sterben|bunuh diri|mau mati|ingin mati""",
    Group.YOUTH: """
        i'm 12|i'm 13|i'm 14|i'm 15|i'm 16|i'm 17|im 12|im 13|im 14|im 15|im 16|im 17|i am 12|i am 13|i am 14|i am 15|
        i am 16|i am 17|12 years old|13 years old|14 years old|15 years old|16 years old|17 years old|
        12 year old|13 year old|14 year old|15 year old|16 year old|17 year old|12yo|13yo|14yo|15yo|16yo|17yo|
        turn 16|turning 16|turn 15|turning 15|turn 17|turning 17|turn 18|i'm only 13|i'm only 14|i'm only 15|
        i'm only 16|
        under 18|underage|my parents don't|my parents can't|parents find out|my mum doesn't|my mom doesn't|high school|
        12 yo|13 yo|14 yo|15 yo|16 yo|17 yo|middle school|at school|my school|9th grade|
        8th grade|10th grade|11th grade|freshman|sophomore|year 9|year 10|year 11|don't tell my|homework|
        my teacher""",
    Group.LEWD: """
        on my lap|sit on my|bend over|spread your|your legs|your lips|your body|your chest|your boobs|
        your tits|your ass|your butt|your rack|your panties|your underwear|take it off|take off your|strip for|
        undress|naked|what are you wearing|wearing under|send me a photo|send me a picture|
        just how i like|how i like them|what colour are your|in bed|in my bed|to bed with|sleep with|slept with|
        get laid|needs a good|ride me|ride my|tie you|spank|spank you|moan|taste you|touch you|do to you|
        do things to you|private show|show us|show me your|send pics|send me pics|send a pic|more skin|less clothes|
        good girl|nice legs|sexy|hot body|turn me on|turns me on|hard for you|how much for|a night with|
        rather see you|put that mouth|mouth to better use|other uses|virgin|fuckable|bang her|bang you|rail|
        smash her""",
    Group.WHEREABOUTS: """
        lives at|lives on|lives in|living at|works at|works for|his address|her address|their address|home address|
        address is|his number|her number|their number|phone number|number is|his name is|her name is|real name|
        real name is|full name|his phone|her phone|his email|her email|license plate|number plate|plate number|
        social security|ssn|date of birth|dob|born on|his wife|her husband|his house|her house|house number|apartment|
        flat|goes to school|kids go to|drives a|account number|sort code|iban|passport number|credit card number|
        here is his|here's his|here is her|here's her|dox|doxx|doxxed|pay him a visit|pay her a visit|street|
        road|avenue|lane|drive|apt|zip code|postcode|wohnt in|adresse|hausnummer|telefonnummer|handynummer""",
    Group.PLACARD: """
        купить|продам|продаю|продажа|скидка|скидки|скидку|бесплатно|заработок|заработка|заработать|доход|дохода|
        прибыль|
        подработка|работа|вакансия|пишите|пиши|напишите|подписывайтесь|подпишись|переходи|переходите|ссылка|ссылке|
        канал|канале|крипта|криптовалюта|инвестиции|кредит|кредиты|займ|займы|деньги|рублей|руб|долларов|от 18|
        удаленно|удаленка|удаленная|в день|в неделю|в месяц|без вложений|акция|доставка|заказать|цена|цены|услуги|
        гарантия|набор|команду|партнеров|приглашаю|обучение|курс|зарабатывать|выплаты|
        comprar|compra|oferta|ofertas|descuento|gratis|dinero|ganar dinero|préstamo|préstamos|precio|precios|barato|
        envío|contáctame|haz clic|suscríbete|ganar|ingresos|inversión|desconto|grátis|dinheiro|ganhar|ganhe|clique|
        empréstimo|renda extra|preço|promoção|acheter|prix|gratuit|gagner|argent|prêt|crédit|livraison|cliquez|
        réduction|
        contactez|offre|kaufen|bestellen|günstig|günstige|rabatt|angebot|angebote|gratis|kostenlos|geld verdienen|
        kredit|
        gewinnen|gewinn|jetzt|klicken|lieferung|versand|comprare|sconto|guadagnare|soldi|prestito|gratuito|prezzo|
        satın al|indirim|ücretsiz|para kazan|kazan|kredi|fiyat|mua|giá|giá rẻ|miễn phí|kiếm tiền|vay|liên hệ|
        khuyến mãi|
        jual|beli|murah|promo|gratis|diskon|daftar|klik|link|hubungi|kerja|pinjaman|uang|untung|penghasilan|hadiah|
        kupić|tanio|pożyczka|zarobić|kliknij|darmowe|oferta|kopen|goedkoop|gratis|lening|verdienen|köp|billig|lån|
        免费|优惠|折扣|赚钱|兼职|贷款|投资|加我|联系|购买|点击|推广|代理|代开|发票|订购|無料|副業|稼ぐ|購入|割引|무료|할인|대출|수익|투자|구매|
        اشترك|مجانا|خصم|شراء|للبيع|ربح|المال|قرض|عرض|اربح|kupiti|zarada|खरीदें|मुफ्त|लोन|कमाएं|पैसे|paise|kamao|
        loan chahiye""",
}


def _read(phrases: Mapping[Group, str]) -> dict[str, tuple[Group, ...]]:
    table: dict[str, tuple[Group, ...]] = {}
    for group, text in phrases.items():
        for phrase in dict.fromkeys(tokenised(part) for part in text.split("|")):
            table[phrase] = (*table.get(phrase, ()), group)
    return table


PHRASES = _read(_PHRASES)
"""Each phrase with the groups that it is a sign of."""


def _longest() -> dict[str, int]:
    longest: dict[str, int] = {}
    for words in (phrase.split(" ") for phrase in PHRASES):
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return longest


FIRST_WORDS = _longest()
"""Where a phrase can begin, so that most words are passed over, and the words in the longest that begins so."""
