#include "pos/help/topics.h"

#include <string>

namespace pos {

namespace {

struct TopicNames {
  std::string_view word, title;
};

constexpr std::array<TopicNames, all_help_topics.size()> topic_names{{
    {"setup", "Setting up the till"},
    {"selling", "Selling"},
    {"paying", "Taking payment"},
    {"returns", "Returns and exchange"},
    {"vouchers", "Vouchers"},
    {"deposits", "Bottle deposits"},
    {"shift", "Shift and day"},
    {"orders", "Orders"},
    {"customers", "Customers"},
    {"articles", "Articles"},
    {"staff", "Staff and roles"},
    {"reports", "Reports and journal"},
    {"devices", "Devices"},
    {"platform", "Platform and sync"},
    {"mail", "Mails"},
    {"signing", "Germany's security device (TSE)"},
    {"backup", "Backup and another machine"},
    {"trouble", "When something goes wrong"},
}};

const TopicNames& names_of(HelpTopic topic) {
  return topic_names[static_cast<std::size_t>(topic)];
}

}  // namespace

std::string_view word(HelpTopic topic) {
  return names_of(topic).word;
}

std::optional<HelpTopic> help_topic_from(std::string_view word) {
  for (const HelpTopic topic : all_help_topics) {
    if (names_of(topic).word == word) return topic;
  }
  return {};
}

std::string_view title_of(HelpTopic topic, const Words& words) {
  return words.with("help", names_of(topic).title);
}

std::filesystem::path help_file(const std::filesystem::path& assets, Language language,
                                HelpTopic topic) {
  return assets / "help" / code_of(language) / (std::string(word(topic)) + ".md");
}

}  // namespace pos
