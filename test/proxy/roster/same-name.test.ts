import { expect, test } from "vitest";
import { sameName } from "#proxy/roster/same-name.ts";

test.each([
  ["Jürgen Weiß", "Weiß, Jürgen"],
  ["Jürgen Weiß", "JUERGEN WEISS"],
  ["Jürgen Weiß", "Jurgen Weiss"],
  ["Jürgen Müller", "Mueller, Jürgen"],
  ["Jürgen Müller", "Muller, Jurgen"],
  ["Müller-Weiß, Jürgen", "Jürgen Müller Weiß"],
  ["Anna-Lena Berg", "Annalena Berg"],
  ["Anna Berg", "Dr. Anna Berg"],
  ["Anna Berg", "Frau Prof. Dr. Berg, Anna"],
  ["José Núñez", "Nunez Jose"],
  ["Jack O'Sullivan", "Jack O’Sullivan"],
  ["Søren Ærø", "Soeren Aeroe"],
  ["李志强", "Li Zhiqiang"],
  ["Zhi-Qiang Li", "李志强"],
  ["李 志强", "李志强"],
  ["李志强", "李志强先生"],
  ["欧阳文忠", "Ouyang Wenzhong"],
  ["吕伟", "Lyu Wei"],
])("“%s” and “%s” are one name", (a, b) => {
  expect([sameName(a, b), sameName(b, a)]).toEqual(["same", "same"]);
});

test.each([
  // A second name, of birth or of the marriage.
  ["Müller-Weiß, Jürgen", "Jürgen Weiß"],
  ["Müller-Weiß, Jürgen", "Jürgen Müller"],
  ["Anna Berg Lund", "Anna Berg"],
  ["Anna Maria Berg", "Anna Berg"],
  ["María García López", "Maria Garcia"],
  // Initials.
  ["A. Berg", "Anna Berg"],
  ["Anna M. Berg", "Anna Maria Berg"],
  ["Anna B.", "Anna Berg"],
  // A letter or two off.
  ["Anne Schröder", "Anna Schröder"],
  ["Priya Nayar", "Priya Nair"],
  ["Marcus Johnson", "Markus Johnson"],
  ["Mohammed Hasan", "Mohamed Hasan"],
  ["Muhammad Ali", "Mohammed Ali"],
  ["Mueller Jürgen", "Jürgen Muller"],
  ["Anna Berg", "Ana Berg"],
  ["Li Zhiqiang", "Li Zhiquiang"],
  // A character that sounds the same.
  ["李志强", "李志墙"],
  ["Marcus Johnson", "Marcus Johnson Junior"],
  ["刘扬", "刘洋"],
  ["李娜", "李那"],
  // A letter off in each word, where all sound the same.
  ["Mohamed Hasan", "Mohammed Hassan"],
  ["Hassan, Mohammed", "Mohamed Hasan"],
  ["Markus Jonson", "Marcus Johnson"],
  ["Stefan Mayer", "Steffan Meyer"],
  // Two letters that changed places, and pinyin with a letter off.
  ["刘洋", "Lui Yang"],
  ["Yang Lui", "刘洋"],
  ["Lui Yang", "Liu Yang"],
  ["Brain Miller", "Brian Miller"],
  ["李志强", "Li Zhiqian"],
  ["欧阳文忠", "Ouyang Wenzong"],
])("“%s” and “%s” are perhaps one person's", (a, b) => {
  expect([sameName(a, b), sameName(b, a)]).toEqual(["perhaps", "perhaps"]);
});

test.each([
  ["Müller-Weiß, Jürgen", "Jürgen Becker"],
  ["Müller-Weiß, Jürgen", "Hans Jürgen"],
  ["Müller-Weiß, Jürgen", "Karl Weiß"],
  ["Jürgen Weiß", "Jürgen"],
  ["Jürgen Weiß", "Weiß"],
  ["Anna Berg", "Hanna Berger"],
  ["Anna Berg", "Anna Bergmann"],
  ["Anna Berg", "Bea Berg"],
  ["Ana Bergh", "Anne Berk"],
  ["A. B.", "Anna Berg"],
  ["Marcus Johnson Senior", "Marcus Johnson Junior"],
  ["Li Wei", "Li Wen"],
  ["Li Na", "Lu Na"],
  ["Kim Min", "Kim Jin"],
  ["王伟", "汪伟"],
  ["刘洋", "刘阳明"],
  ["刘洋", "Liu Ming"],
  ["刘洋", "Lu Yan"],
  ["Mohamed Hasan", "Mahmoud Hussein"],
  ["Lena Mayer", "Lina Meyers"],
  ["Omar Saad", "Amr Said"],
  ["李志强", "李志"],
  ["张伟", "张伟明"],
  ["李志强", "Li Qiang"],
  ["", "Anna Berg"],
])("“%s” and “%s” are two people's", (a, b) => {
  expect([sameName(a, b), sameName(b, a)]).toEqual(["other", "other"]);
});
