"""Random text in many scripts. What is made reads like writing, syllable by syllable, so that no font and no shaper has
to invent anything; it means nothing."""

import unicodedata

# Words that hyphenate, with accents and ligatures.
REAL = {
    "en-GB": "infrastructure registration considerable efficiently affiliated office reflections independent allocation "
    "address the of and to in a is that for members policy question resources regional coordination responsibility "
    "counter-argument self-governing nevertheless unquestionably transit peering waffle affine difficult",
    "de-DE": "Verwaltungsgemeinschaft Auflage Schifffahrt Straßenverkehrsordnung über für der die das und nicht mit "
    "Größenordnung Zuständigkeit Genossenschaftsanteil öffentlich Übertragungsnetzbetreiber Äußerung kaum",
    "fr-FR": "l’infrastructure administrative déjà où être naïve considération œuvre les des pour avec européenne "
    "particulièrement responsabilité aujourd’hui garçon développement réseau",
    "es-ES": "infraestructura administración señal también números los para con pingüino responsabilidad año "
    "desarrollo particularmente región",
    "it-IT": "infrastruttura amministrazione perché città più gli della con responsabilità sviluppo particolarmente "
    "qualità",
    "pl-PL": "zażółć gęślą jaźń odpowiedzialność rozwój sieci że się województwo",
    "vi": "nghiệp vụ điều hành mạng lưới Việt Nam trách nhiệm được những người quốc gia",
    "tr-TR": "altyapı yönetişim ağ işletmecisi İstanbul Işık değişim ülke sorumluluğu",
}


def parts(text):
    return text.split()


def letters(first, last):
    return [chr(n) for n in range(first, last + 1) if unicodedata.category(chr(n))[0] == "L"]


# By language: consonants, what may follow one (empty: nothing), whether words are parted by blanks, and full stops.
SYLLABLES = {
    "el": (letters(0x3B1, 0x3C9), parts("α ε ι ο ύ ή ά ς"), True, ". · ;"),
    "ru": (letters(0x430, 0x44F), parts("а е и о у ы я"), True, ". ! ?"),
    "hy": (letters(0x561, 0x586), parts("ա ե ի ո"), True, "։"),
    "ka": (letters(0x10D0, 0x10F0), parts("ა ე ი ო უ"), True, "."),
    "ar": (
        parts("ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي لا ة"),
        ["", "", "ِ", "ّ", "َ"],
        True,
        ". ؟ ،",
    ),
    "fa": (parts("پ چ ژ گ ک ی ب م ن س ا"), ["", "", "ه"], True, ". ؟"),
    "ur": (parts("ٹ ڈ ڑ ں ے گ ک ی ب م ن س ا"), [""], True, "۔"),
    "he": (parts("א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת"), ["", "", "ָ", "ִ"], True, ". ? !"),
    "hi": (
        parts("क ख ग घ च ज ट ड त थ द ध न प ब भ म य र ल व श स ह क्ष त्र ज्ञ श्र स्त प्र र्म"),
        ["", "ा", "ि", "ी", "ु", "े", "ो", "ं", "ौ"],
        True,
        "।",
    ),
    "bn": (parts("ক খ গ ঘ চ জ ট ড ত থ দ ন প ব ভ ম য র ল শ স হ ক্ষ ন্ত"), ["", "া", "ি", "ী", "ে", "ো"], True, "।"),
    "ta": (parts("க ங ச ஞ ட ண த ந ப ம ய ர ல வ ழ ள ற ன"), ["", "ா", "ி", "ு", "ெ", "ை", "ொ", "்"], True, "."),
    "te": (parts("క గ చ జ ట డ త ద న ప బ మ య ర ల వ స హ క్ష"), ["", "ా", "ి", "ు", "ె", "ో", "ం"], True, "."),
    "kn": (parts("ಕ ಗ ಚ ಜ ಟ ಡ ತ ದ ನ ಪ ಬ ಮ ಯ ರ ಲ ವ ಸ ಹ"), ["", "ಾ", "ಿ", "ು", "ೆ"], True, "."),
    "ml": (parts("ക ഗ ച ജ ട ഡ ത ദ ന പ ബ മ യ ര ല വ സ ഹ ക്ക ന്ത"), ["", "ാ", "ി", "ു", "െ", "ം"], True, "."),
    "gu": (parts("ક ખ ગ ચ જ ટ ડ ત દ ન પ બ મ ય ર લ વ સ હ"), ["", "ા", "િ", "ી", "ુ", "ે"], True, "."),
    "pa": (parts("ਕ ਖ ਗ ਚ ਜ ਟ ਡ ਤ ਦ ਨ ਪ ਬ ਮ ਯ ਰ ਲ ਵ ਸ ਹ"), ["", "ਾ", "ਿ", "ੀ", "ੁ", "ੇ"], True, "।"),
    "si": (parts("ක ග ච ජ ට ඩ ත ද න ප බ ම ය ර ල ව ස හ"), ["", "ා", "ි", "ු", "ෙ"], True, "."),
    "th": (parts("ก ข ค ง จ ช ด ต ท น บ ป ผ พ ม ย ร ล ว ส ห อ"), ["", "า", "ิ", "ี", "ุ", "ั", "่", "ี่"], False, ""),
    "lo": (parts("ກ ຂ ຄ ງ ຈ ສ ດ ຕ ທ ນ ບ ປ ພ ມ ຢ ລ ວ ຫ"), ["", "າ", "ິ", "ີ", "ຸ"], False, ""),
    "km": (parts("ក ខ គ ង ច ជ ដ ត ថ ទ ន ប ព ម យ រ ល វ ស ហ ក្រ ស្ត"), ["", "ា", "ិ", "ុ", "េ", "ំ"], False, "។"),
    "my": (parts("က ခ ဂ င စ ဆ ဇ ည တ ထ ဒ န ပ ဖ ဘ မ ယ ရ လ ဝ သ ဟ"), ["", "ာ", "ိ", "ု", "ေ", "ံ", "ြ"], False, "။"),
    "bo": (parts("ཀ ཁ ག ང ཅ ཇ ཉ ཏ ཐ ད ན པ ཕ བ མ ཙ ཞ ཟ ཡ ར ལ ཤ ས ཧ རྐ"), ["", "ི", "ུ", "ེ", "ོ"], False, "།"),
    "am": (letters(0x1200, 0x1246), [""], True, "። ፣"),
    "zh-Hans": (
        parts("的 一 是 在 不 了 有 和 人 这 中 大 为 上 个 国 我 以 要 他 时 来 用 们 网 络 注 册 资 源"),
        [""],
        False,
        "。 ， 、",
    ),
    "zh-Hant": (parts("網 路 註 冊 資 源 國 際 組 織 電 信 業 務 會 議 開 發 與 這 為 學 實 際"), [""], False, "。 ，"),
    "ja": (
        parts(
            "あ い う え お か き く さ し す た ち つ な に の は ま も や ら り る を ん ネ ッ ト ワ ー ク 網 番 号 日 本 語"
        ),
        [""],
        False,
        "。 、",
    ),
    "ko": (parts("가 나 다 라 마 바 사 아 자 차 카 타 파 하 한 국 인 터 넷 망 관 리 의 는 을 에"), [""], True, "."),
}
RIGHT_TO_LEFT = ("ar", "fa", "ur", "he")
LANGUAGES = [*REAL, *SYLLABLES]


class Writer:
    """Words, lines and paragraphs of one author, who knows some languages."""

    def __init__(self, rng, languages, mixed=0.06):
        self.rng, self.languages, self.mixed = rng, languages, mixed

    def language(self):
        return self.rng.choice(self.languages)

    def word(self, language):
        rng = self.rng
        if language in REAL:
            if rng.random() < 0.6:
                return rng.choice(REAL[language].split())
            word = "".join(rng.choice("bcdfghjklmnprstvwz") + rng.choice("aeiouy") for _ in range(rng.randint(1, 6)))
            if rng.random() < 0.03:
                word += "-" + word[::-1]
            return word.capitalize() if rng.random() < 0.2 else word
        consonants, vowels, blanks, _ = SYLLABLES[language]
        most = 6 if blanks else 14
        word = "".join(rng.choice(consonants) + rng.choice(vowels) for _ in range(rng.randint(1, most)))
        return word.replace("ς", "σ")[:-1] + "ς" if language == "el" and len(word) > 2 else word

    def long_word(self, language):
        return "".join(self.word(language).replace("-", "") for _ in range(self.rng.randint(6, 30)))

    def oddity(self):
        """What stands among words."""
        rng = self.rng
        return rng.choice(
            [
                lambda: str(rng.randrange(10**6)),
                lambda: "%d.%02d %%" % (rng.randrange(100), rng.randrange(100)),
                lambda: "AS%d" % rng.randrange(65536),
                lambda: "192.0.2.%d/%d" % (rng.randrange(256), rng.randrange(8, 32)),
                lambda: "2001:db8:%x::%x" % (rng.randrange(65536), rng.randrange(65536)),
                lambda: "https://example.org/%s/%s?q=%d" % (self.word("en-GB"), self.word("it-IT"), rng.randrange(99)),
                lambda: "“%s”" % self.word("en-GB"),
                lambda: "„%s“" % self.word("de-DE"),
                lambda: "«%s»" % self.word("es-ES"),
                lambda: "(%s)" % self.word(self.language()),
                lambda: "%s/%s" % (self.word("en-GB"), self.word("en-GB")),
                lambda: "—",
                lambda: "…",
                lambda: "€\u00a0%d" % rng.randrange(1000),
                lambda: "½",
                lambda: "m²",
                lambda: "na\u0308ive",
                lambda: "inter\u00adnet\u00adwork",
                lambda: "\u2067" + self.word("he") + "\u2069",
                lambda: self.long_word(self.language()),
                lambda: "x" * rng.randint(30, 90),
            ]
        )()

    def sentence(self, language=None, most=24):
        rng = self.rng
        language = language or self.language()
        blanks = language in REAL or SYLLABLES[language][2]
        found = []
        for _ in range(rng.randint(1, most)):
            chance = rng.random()
            if chance < 0.05:
                found.append(" " + self.oddity() + " ")
            elif chance < 0.05 + self.mixed:
                found.append(" " + self.word(self.language()) + " ")
            else:
                found.append(self.word(language))
        text = (" " if blanks else "").join(found)
        stops = SYLLABLES[language][3] if language in SYLLABLES else ". ! ? ;"
        return " ".join(text.split()) + (rng.choice(stops.split()) if stops and rng.random() < 0.9 else "")

    def line(self, most=8):
        """A text of one line."""
        chance = self.rng.random()
        if chance < 0.04:
            return self.long_word(self.language())
        if chance < 0.08:
            most *= 6
        return self.sentence(most=most)

    def paragraph(self, most=5):
        language = self.language()
        return " ".join(self.sentence(language) for _ in range(self.rng.randint(1, most)))
