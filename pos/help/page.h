// A page of the help as the till shows it: its Markdown, parsed. Pictures are for the manual
// alone: whoever reads the page at the till sees the till. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pos/help/topics.h"

namespace pos {

struct HelpRun {
  std::string text;
  bool is_strong = false;
  std::optional<HelpTopic> link = {};
  friend bool operator==(const HelpRun&, const HelpRun&) = default;
};
using HelpRuns = std::vector<HelpRun>;

enum class HelpKind : std::uint8_t { heading, paragraph, item, row };

struct HelpBlock {
  HelpKind kind = HelpKind::paragraph;
  int level = 0;          // of a heading from 1; of an item, how deep
  std::string mark = {};  // before an item: "•", "1."; empty: it goes on
  HelpRuns runs = {};
  std::vector<HelpRuns> cells = {};  // of a table's row
  bool is_head = false;              // of a table
  friend bool operator==(const HelpBlock&, const HelpBlock&) = default;
};

struct HelpPage {
  std::string title;  // its first heading, which is no block
  std::vector<HelpBlock> blocks;
  std::vector<HelpTopic> links;   // to other pages, each once, in their order
  std::vector<std::string> dead;  // links that lead to no page
  friend bool operator==(const HelpPage&, const HelpPage&) = default;
};

// A page that is no Markdown of ours comes out as the text that it is.
HelpPage read_help(std::string_view markdown);

}  // namespace pos
