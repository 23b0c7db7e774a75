# ruff: noqa: E501, RUF001 - a template a line, in the letters of its language
"""Short thanks, questions and small talk in many languages and scripts; foreign and honest."""

from service.training.synthetic.family import Family
from service.training.synthetic.grammar import lines

PAGES = ("ketamine", "recovery", "recipes", "travel", "video", "code", "photo", "health", "garden", "medicine")


def _family(lang: str, rows: int, texts: str) -> Family:
    return Family(f"thanks.{lang}", rows, pages=PAGES, lang=lang, site=0.1, texts=lines(texts))


THANKS = (
    _family("de", 50, """
        {Danke|Vielen Dank|Herzlichen Dank|Dankeschön|Tausend Dank}{!| für den Artikel!|, {first}!| 🙏| für die Hilfe.| für deine Mühe.}
        {Super|Klasse|Toll|Prima|Genial}{!|, danke!|, weiter so!| gemacht!}
    """),
    _family("es", 105, """
        {Gracias|Muchas gracias|Mil gracias|Muchísimas gracias}{!| por el artículo.|, {first}.| por compartir.| por la información, me ayudó mucho.| desde {Bogotá|Lima|Sevilla|Quito|Córdoba}.| 🙏}
        {Muy buen artículo|Excelente explicación|Qué bonito|Me encanta|Muy interesante}{.|, gracias.|, saludos desde {México|Chile|España|Perú}.| 😊}
        ¿{Alguien sabe cuánto cuesta|Dónde queda la clínica|Se puede tomar con sertralina|Cuánto dura el efecto|Tienes la receta sin huevo}?
        {Mi hermano|Mi madre|Mi marido|Yo} {lleva|llevaba} {2-20} años con {el alcohol|la cocaína|las apuestas} y {esto da esperanza|recayó dos veces|hoy está limpio}.
        {Perdí a mi hermano por una sobredosis|Hoy cumplo {2-300} días sin beber|Dejé el casino hace {2-20} meses}{.|, gracias por escuchar.|, un día a la vez.}
        {No estoy de acuerdo|Falta la fuente|Creo que hay un error en el segundo párrafo}{.|, saludos.|: {paper}}
    """),
    _family("fr", 105, """
        {Merci|Merci beaucoup|Un grand merci|Mille mercis}{ !| pour cet article.| {first} !| pour le partage.| de Lyon.| 🙏}
        {Très bel article|Superbe photo|Très intéressant|Bravo|J'adore}{.| !|, merci.| 😊}
        {Quelqu'un connaît le prix|Où se trouve la clinique|Peut-on remplacer le beurre|Combien de temps dure l'effet|Est-ce remboursé} ?
        {Mon frère|Ma mère|Mon mari} {boit|joue} depuis {2-20} ans et {cet article m'aide|il a rechuté|elle refuse d'en parler}.
        {J'ai arrêté de boire il y a {2-20} mois|J'ai perdu mon fils d'une overdose|Je suis à {2-200} jours sans jouer}{.|, merci à vous.|, courage à tous.}
        {Je ne suis pas d'accord|Il manque la source|Petite erreur au deuxième paragraphe}{.|, cordialement.| : {paper}}
    """),
    _family("pt", 105, """
        {Obrigado|Obrigada|Muito obrigado|Valeu}{!| pelo artigo.|, {first}.| por compartilhar.| demais!| 🙏}
        {Que texto bom|Adorei|Muito interessante|Lindo vídeo|Parabéns}{.|!|, abraço de {Recife|Lisboa|Curitiba|Porto}.| 😍}
        {Alguém sabe quanto custa|Onde fica a clínica|Posso usar farinha integral|Precisa de receita médica}?
        {Meu irmão|Minha mãe|Meu marido} {bebe|joga} há {2-20} anos e {isso me deu esperança|recaiu de novo|está em tratamento}.
        {Estou há {2-300} dias sem apostar|Perdi um amigo para as drogas|Parei de beber faz {2-20} meses}{.|, um dia de cada vez.}
        {Discordo|Falta a fonte|Acho que há um erro}{.|, abraços.|: {paper}}
    """),
    _family("id", 50, """
        {Terima kasih|Makasih|Terima kasih banyak|Thanks}{!| ya| kak| artikelnya| infonya, sangat membantu| {first}| 🙏}
        {Bagus sekali|Keren|Mantap|Sangat bermanfaat}{!| artikelnya| kak| 👍}
    """),
    _family("ru", 110, """
        {Спасибо|Большое спасибо|Огромное спасибо|Благодарю}{!| за статью.| за помощь!| автору| вам| 🙏}
        {Отличная статья|Очень интересно|Красивые фотографии|Хорошее видео|Полезно}{.|, спасибо!|!| 👍}
        {Кто знает, сколько это стоит|Где находится клиника|Можно ли заменить масло|Сколько длится эффект|А есть ссылка на исследование}?
        {Мой брат|Моя мама|Мой муж} {пьёт|лечится} уже {2-20} лет, {статья помогла|надеемся на лучшее|снова срыв}.
        {Не пью уже {2-300} дней|Потеряла сына от передозировки|Бросил играть в казино {2-20} месяцев назад}{.|, держитесь все.}
        {Не согласен|Нет источника|Ошибка во втором абзаце}{.|, исправьте пожалуйста.|: {paper}}
        {Привет из|Смотрю из} {Казани|Минска|Омска|Риги|Алматы}{!| ❤️}
    """),
    _family("ar", 80, """
        {شكرا|شكرا جزيلا|شكرا لك|جزاك الله خيرا}{!| على المقال| على هذه المعلومات| يا أخي| 🙏}
        {مقال رائع|فيديو جميل|معلومات مفيدة|ما شاء الله}{.|، شكرا.|!| ❤️}
        {كم سعر الجلسة|أين تقع العيادة|هل هذا آمن مع أدوية الاكتئاب|كم تدوم النتيجة}؟
        {أخي|أمي|زوجي} {يعاني من الإدمان|يتعالج} منذ {2-20} سنوات{.| وهذا المقال أعطاني الأمل.}
        {تحياتي من|أتابعكم من} {المغرب|مصر|العراق|الأردن|تونس}{.| ❤️}
    """),
    _family("zh", 80, """
        {谢谢|非常感谢|感谢|谢谢你}{！|分享！|这篇文章。|，很有帮助。|，写得真好。|🙏}
        {写得很好|照片真漂亮|很有意思|学到了|太好听了}{。|！|，谢谢。|👍}
        {请问费用是多少|诊所在哪里|可以用全麦面粉吗|效果能持续多久|有没有论文链接}？
        {我哥哥|我妈妈|我丈夫}{喝酒|赌博|吸毒}{2-20}年了，{希望能戒掉|这篇文章给了我希望|又复发了}。
        {我戒酒{2-300}天了|我不同意这个观点|第二段好像有个错误}。
    """),
    _family("ja", 80, """
        {ありがとうございます|ありがとう|感謝します|勉強になりました}{。|！|、とても参考になりました。|、{first}さん。|🙏}
        {素敵な写真ですね|面白い記事でした|とても分かりやすい|いい曲|美味しそう}{。|！|、また来ます。|😊}
        {費用はいくらですか|どこのクリニックですか|バターなしでも作れますか|効果はどのくらい続きますか}？
        {弟|母|夫}は{2-20}年間{お酒|ギャンブル}をやめられません。{希望が持てました|心配です|また再発しました}。
        禁酒{2-300}日目です。{頑張ります|長かった|ありがとう}。
    """),
    _family("hi", 80, """
        {धन्यवाद|बहुत धन्यवाद|शुक्रिया|आपका धन्यवाद}{!| इस लेख के लिए।| भाई| जी| 🙏}
        {बहुत अच्छा लेख|सुंदर तस्वीरें|अच्छी जानकारी|गाना बहुत अच्छा है}{।|, धन्यवाद।|!| ❤️}
        {इसका खर्च कितना है|क्लिनिक कहाँ है|क्या यह सुरक्षित है|असर कितने दिन रहता है}?
        {मेरा भाई|मेरे पिता|मेरे पति} {2-20} साल से {शराब|जुए} की लत से {जूझ रहे हैं|लड़ रहे हैं}।
        {dhanyavaad|shukriya|bahut accha} {bhai|ji|sir}{| 🙏}
    """),
    _family("tr", 90, """
        {Teşekkürler|Çok teşekkür ederim|Sağ olun|Ellerinize sağlık}{!| yazı için.|, {first}.| 🙏}
        {Harika bir yazı|Çok güzel fotoğraflar|Çok faydalı|Bayıldım}{.|!|, teşekkürler.| 😊}
        {Fiyatı ne kadar|Klinik nerede|Tereyağı yerine ne koyabilirim|Etkisi ne kadar sürüyor}?
        {Kardeşim|Annem|Eşim} {2-20} yıldır {alkol|kumar} bağımlısı, {bu yazı umut verdi|tedavi görüyor|yine başladı}.
        {2-300} gündür {içmiyorum|kumar oynamıyorum}{.|, herkese sabır.}
        {Katılmıyorum|Kaynak eksik|İkinci paragrafta hata var}{.|, saygılar.}
    """),
    _family("pl", 90, """
        {Dziękuję|Dzięki|Wielkie dzięki|Bardzo dziękuję}{!| za artykuł.|, {first}.| za pomoc.| 🙏}
        {Świetny tekst|Piękne zdjęcia|Bardzo ciekawe|Super przepis}{.|!|, pozdrawiam z {Gdańska|Łodzi|Krakowa|Lublina}.| 😊}
        {Ile to kosztuje|Gdzie jest ta klinika|Czy można bez masła|Jak długo działa}?
        {Mój brat|Moja mama|Mój mąż} {pije|gra} od {2-20} lat i {ten tekst daje nadzieję|znowu wrócił do nałogu|leczy się}.
        Nie {piję|gram} od {2-300} dni{.|, trzymajcie się.}
        {Nie zgadzam się|Brakuje źródła|W drugim akapicie jest błąd}{.|, pozdrawiam.|: {paper}}
    """),
    _family("it", 75, """
        {Grazie|Grazie mille|Grazie di cuore}{!| per l'articolo.|, {first}.| 🙏}
        {Bellissimo articolo|Che belle foto|Molto interessante|Complimenti}{.|!|, saluti da {Torino|Bari|Genova}.| 😊}
        {Quanto costa|Dove si trova la clinica|Si può fare senza burro|Quanto dura l'effetto}?
        {Mio fratello|Mia madre|Mio marito} {beve|gioca} da {2-20} anni e {questo mi dà speranza|ci è ricascato}.
    """),
    _family("nl", 70, """
        {Bedankt|Dank je wel|Hartelijk dank}{!| voor dit artikel.|, {first}.| 🙏}
        {Mooi stuk|Prachtige foto's|Erg interessant|Lekker recept}{.|!|, groeten uit {Gent|Utrecht|Breda}.}
        {Wat kost dat|Waar zit die kliniek|Kan het ook zonder boter}?
        {Mijn broer|Mijn moeder|Mijn man} {drinkt|gokt} al {2-20} jaar en {dit geeft hoop|is teruggevallen}.
    """),
    _family("uk", 45, """
        {Дякую|Щиро дякую|Велике спасибі}{!| за статтю.| вам| 🙏}
        {Чудова стаття|Дуже цікаво|Гарні фото}{.|!|, дякую.}
        {Скільки це коштує|Де ця клініка|Як довго діє}?
    """),
    _family("ko", 45, """
        {감사합니다|정말 고마워요|고맙습니다}{!| 좋은 글이네요.| 도움이 됐어요.| 🙏}
        {좋은 글|사진이 예뻐요|노래 너무 좋다}{.|!|, 잘 봤습니다.}
        {비용이 얼마예요|병원이 어디예요|효과가 얼마나 가요}?
    """),
    _family("el", 45, """
        {Ευχαριστώ|Ευχαριστώ πολύ|Σας ευχαριστώ}{!| για το άρθρο.| 🙏}
        {Πολύ καλό άρθρο|Ωραίες φωτογραφίες|Ενδιαφέρον}{.|!|, χαιρετισμούς από {Πάτρα|Κρήτη}.}
        {Πόσο κοστίζει|Πού είναι η κλινική};
    """),
)  # fmt: skip
