// Takes out of a text what says who somebody is, or opens a door. Rather too much than too
// little: whoever reads it looks for faults of the till. Pure.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace pos {

class Mask {
 public:
  // `people`: names, companies, streets ... as the store has them; `secrets`: what the secrets
  // file holds.
  Mask(const std::vector<std::string>& people, std::vector<std::string> secrets);

  // Mail addresses, card and account numbers, phone numbers, keys and passwords, the names that
  // are known, and whose home folder it is.
  std::string operator()(std::string_view text) const;

 private:
  std::string without_people(std::string_view line) const;

  std::unordered_set<std::string> people_;  // word by word, in small letters
  std::vector<std::string> secrets_;
};

}  // namespace pos
