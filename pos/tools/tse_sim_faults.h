// What goes wrong at a simulated TSE, told in lines of text, at the start and while it runs:
//   NAME [FUNCTION] [COUNT|always]     strikes so many (1) of the next calls: of signatures,
//                                      or of the function that is named
// and the conditions and orders that each simulator adds. One thread.
#pragma once

#include <charconv>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace pos::tse_sim {

class Faults {
 public:
  static constexpr int always = -1;

  // `names` are those that it knows. False: it is none of them, or is said wrongly.
  bool take(const std::string& line, const std::vector<std::string_view>& names) {
    std::istringstream words(line);
    std::string name, word;
    words >> name;
    bool is_known = false;
    for (const std::string_view one : names) is_known = is_known || one == name;
    if (!is_known) return false;
    Fault fault;
    while (words >> word) {
      int count = 0;
      const auto read = std::from_chars(word.data(), word.data() + word.size(), count);
      if (word == "always") {
        fault.left = always;
      } else if (read.ec == std::errc() && read.ptr == word.data() + word.size()) {
        fault.left = count;
      } else if (fault.function.empty()) {
        fault.function = word;
      } else {
        return false;
      }
    }
    faults_[name] = fault;
    return true;
  }

  // Whether it strikes this call; counts it.
  bool strikes(const std::string& name, std::string_view function, bool is_signature) {
    const auto found = faults_.find(name);
    if (found == faults_.end() || found->second.left == 0) return false;
    const std::string& wanted = found->second.function;
    if (wanted.empty() ? !is_signature : wanted != "any" && wanted != function) return false;
    if (found->second.left > 0) --found->second.left;
    return true;
  }
  void clear() { faults_.clear(); }

 private:
  struct Fault {
    std::string function{};
    int left = 1;
  };
  std::map<std::string, Fault> faults_;
};

// A number behind a word: "late 200".
inline std::optional<long long> number_in(std::string_view text) {
  long long value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
  return value;
}

}  // namespace pos::tse_sim
