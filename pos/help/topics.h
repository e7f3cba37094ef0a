// What the help has a page on, in the order of the manual. The pages lie in
// assets/help/LANGUAGE/TOPIC.md; assets/help/topics.txt tells the manual the same order.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "pos/ui/translate.h"

namespace pos {

enum class HelpTopic : std::uint8_t {
  setup,
  selling,
  paying,
  returns,
  vouchers,
  deposits,
  shift,
  orders,
  customers,
  articles,
  staff,
  reports,
  devices,
  platform,
  mail,
  signing,
  backup,
  trouble,
};
inline constexpr std::array all_help_topics{
    HelpTopic::setup,     HelpTopic::selling,  HelpTopic::paying, HelpTopic::returns,
    HelpTopic::vouchers,  HelpTopic::deposits, HelpTopic::shift,  HelpTopic::orders,
    HelpTopic::customers, HelpTopic::articles, HelpTopic::staff,  HelpTopic::reports,
    HelpTopic::devices,   HelpTopic::platform, HelpTopic::mail,   HelpTopic::signing,
    HelpTopic::backup,    HelpTopic::trouble};

std::string_view word(HelpTopic topic);  // "selling", the name of its page
std::optional<HelpTopic> help_topic_from(std::string_view word);
// What its page is called: "Selling".
std::string_view title_of(HelpTopic topic, const Words& words);

std::filesystem::path help_file(const std::filesystem::path& assets, Language language,
                                HelpTopic topic);

}  // namespace pos
