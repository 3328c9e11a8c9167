/* Made by tests/bench/codes from the examples, in all tiers and on both papers, and ten field documents. */
#include "pdf/quick.h"

const struct quick_code quick_codes[QUICK_KINDS] = {
    [QUICK_CONTENTS] =
        {.literals =
             "8abbbbbccb7ccecccdcdcbccccccccdc4ccccbcc65dc97586555656666abad8ee888989b99ac999a9aaa7ccaee"
             "e897eee687658875b967667b666798b8beeeeedeeeeeeeeeeeeeeeeeceecaeeeeeeeeeeeeeeeeeeeeeedeeeeee"
             "eee9eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeebe445566777787"
             "8999bcdddeeeeeee",
         .distances = "cccb77765544444434444545689ccc",
         .lengths = "0006644444543420300"},
    [QUICK_OBJECTS] =
        {.literals =
             "8eecccdeecaeeeceeeeeeeeeeeeeeeee4eeeeeee98eca9765445555555bd8e8ee9888a8b99b98aaa8b889abbcc"
             "c7a8ebe798869897ba78778d7778a9b9eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
             "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeddce455466776766"
             "77778aaaceedeeee",
         .distances = "97a88556654444454435455556678a",
         .lengths = "0006544434444620300"},
    [QUICK_TEXT] =
        {.literals =
             "eeeeeeeeee6eeeeeeeeeeeeeeeeeeeee4e7eebeabb9e777988899989997aeeede8a9aaaaa9dcaa9a9b999cbaed"
             "eae9e8d476647665b756556a55567697beceeeaaacabcbbbbbbcdcccccbbcccbccbccdbbdcacdbbbbcbccbbabb"
             "bacbabccbcbbeedbeeeeeeeeeeab9aeeeee9aaeeeeeeaecacaabcddbbceeeeeeeeeeeeeeeeeece445567777898"
             "9abaabdedceeeeee",
         .distances = "bccbaa77665544444444444445578b",
         .lengths = "0000544453333430400"},
    [QUICK_METADATA] =
        {.literals =
             "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee6e58eeeeeeee977566677888876e7668e788788a98eab89c8a8879e9ee"
             "aeeeeee575546775e866555a565697678eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
             "eeeeeeeaeeeaeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeaeeeeeeeeeeeeeeeeae6556668677e8"
             "97aeae98eeeeeeee",
         .distances = "cc8cc7555433344535554a6ccccccb",
         .lengths = "0006533435465020300"},
    [QUICK_PROGRAM] =
        {.literals =
             "67888666789999699999968988769a669999999999999989999998988999999999998989999998889988988888"
             "888888888888888888888898888888898888888888999898879888999888899898888888898888888888888888"
             "8888889888889999989988999899999999999999a98a9999a99a99aaa99aa99aaaa479b48acdbe789abbcabbab"
             "bdecdeedeeeeeeee",
         .distances = "8aacc67744454334444546557ccccb",
         .lengths = "0006564522445550300"},
    [QUICK_SMALL] =
        {.literals =
             "379899999e6e89e9eee99eee9eee9eee6e9e89ee88ee98e75667777776ee5e6ee7667778e7eee9999e7788ee78"
             "89eeeee676657786ee87676e5667e9e7eeeeeeeeee89eeeeeeeeee8ee9eeee99eeeeee998eeee9eeee9eeeeeee"
             "ee99eeeeeeee8eeeeeddddddddd99dd9dd9ddd9d9d9d9ddddddddddddddddd99d99dddd998d78d45778878d9dd"
             "99dd9ddddddddddd",
         .distances = "5bb67724454445354558689bbbbaaa",
         .lengths = "0077544333770320400"},
    [QUICK_XREF] =
        {.literals =
             "244787a8a787778797ba9a99aa98899999a99aaaaabcabaa9a9a999a98a9a9a9aa9aacaa999aaaaacaabaaaaaa"
             "bbbaaabbaababb9aaaa9aaabab9a9babbaabaa9aabaa9aababa7aa8aa9a9abaaaababaaaaaabaaabbbabaabbaa"
             "babaaa9aaa9aaaaa9aaaa9aa999aaaaaabbaaabaa99a99aa89aaaa9999aa8a89798b8a8b8a758e5597587aee9c"
             "9eaacccc98aaabc4",
         .distances = "cccc225625467869cbac66697c8ccc",
         .lengths = "0070766443135060500"},
};
