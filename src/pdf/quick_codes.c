/* Made by tests/bench/codes from the example documents, in all tiers and on both papers. */
#include "pdf/quick.h"

const struct quick_code quick_codes[QUICK_KINDS] = {
    [QUICK_CONTENTS] =
        {.literals =
             "8bbabcbccc7cceddddddcdddddddcddd4dcdeacd66ee875865566566669baeaee988989b99bc99aa9baa7dcaee"
             "e8aaeee677658875b967667b666798a8beeeeeceeeeeeeeeeeeeeeeebeecaeeeeeeeeeeeeeeeeeeeeeedeeeeee"
             "eee9eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeebe444566767787"
             "8899bcdddeeeeeee",
         .distances = "cccc88876655454434443444579bcc",
         .lengths = "0005454444444420300"},
    [QUICK_OBJECTS] =
        {.literals =
             "9eeddddeedaeeedeeeeeeeeeeeeeeeee4eeeeeee98eca9765555555555bd8e8ee9888a8b99b89aa98b889abbcc"
             "b7b9ebe797869897ba78778d7778a9b9eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeedeeeeeeeeeeeeeeeeeee"
             "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeddce345567766766"
             "68878aabbeddeeee",
         .distances = "a7a997666655444544344545465679",
         .lengths = "0006444434446520300"},
    [QUICK_TEXT] =
        {.literals =
             "eeeeeeeeee7eeeeeeeeeeeeeeeeeeeee4e8eeadbba8e777987888999997aeeeee8aabaaaa9cdaaaa9b999dbaee"
             "e9eae8e576647765b856556a55567797ceceeeaaadbcdcccccbddcccdccbdcdbddcdcdccdcacdbccbdbddcbbcc"
             "cbdcaccccccceecceeeeeeeeeeababeeeeeaabeeeeeeaebbdbbcddebbdeeeeeeeeeeeeeeeeeece345566777898"
             "9abaabdeeceeeeee",
         .distances = "8ccbaa87666655454444343445578a",
         .lengths = "0006645444333330400"},
    [QUICK_METADATA] =
        {.literals =
             "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee6e58eeeeddee976666677888876e7678e888788aa9ebb89b8a8879d9ee"
             "aeeeeee565546675e9665659565697678eeeeedeeeeeeeeeeeeeeeeeeeeeeeedeeeeeeeeeeeeeeeeeeeeeeeeee"
             "eeeeeeeaeeeaeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeedeeeeeeeeeeeeaeeeeeeeeeeeeeeeeae5556667677a8"
             "879eaaae8eeeeeee",
         .distances = "cc8cc866554435343544386ccbbbbb",
         .lengths = "0006543434465520300"},
    [QUICK_PROGRAM] =
        {.literals =
             "67888666789999699999968988769a669999999999999989999998988999999999998989999998889998988888"
             "888888888888888888888898888888898888888888999898879888999888899898888888898888888888888888"
             "888888888888999998998899989999999999999aa98a9999999a9aaaa99aa99aaaa479b48acdce7899bbbabcba"
             "bdebdeedeeeeeeee",
         .distances = "999cc67644454434444445556bcccc",
         .lengths = "0006564522445550300"},
    [QUICK_SMALL] =
        {.literals =
             "37a899999e6e89e9eee99eee9eee9eee6e9e89ee88ee98e65667777777ee6e6ee7767878e7eee9999e7788ee88"
             "89eeeee676657786ee87676e5667e9e7eeeeeeeeee89eeeeeeeeee8ee9eeee99eeeeee998eeee9eeee9eeeeeee"
             "ee99eeeeeeee8eeeeeeeeeeeeee99ee9ee9eee9e9e9e9eeeeeeeeeeeeeeeee99e99eeee998e78e44777878d9ee"
             "8eee9eeddddddddd",
         .distances = "5cc66624453454464557699bbbbbbb",
         .lengths = "0077554443776610400"},
    [QUICK_XREF] =
        {.literals =
             "244788b8b777779798a99a8a9d88999aa899a99aaabaaab9aa99aaaaa7999aaaa9a9ababaa9abaabaabbababb8"
             "9aba9bbaabbbaa9ab98998aa9a9aabaaab99aabaaabba9baaa9b9a8a9a99aaa9dac9aaa8a9cab9ba9aaabbaaab"
             "aaabba99aaa9aa99a99aa99ba9999999b9aaabaaa9a9999aa88aba9899aa9a8b797a898b7a758c56985a798888"
             "bbb8cbca88baabb5",
         .distances = "bbaa227626467859aa9a65697a8aaa",
         .lengths = "0060766532226700600"},
};
