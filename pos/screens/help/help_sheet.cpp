#include "pos/screens/help/help_sheet.h"

#include "pos/screens/parts/page.h"

namespace pos {

namespace {

constexpr int narrow = 1000;  // below, topics and page take turns

// The page that is shown, once it was read in this language.
const FoundHelp* page_at_hand(const Scene& scene, const HelpInput& input) {
  const auto& found = scene.found.help;
  const bool is_it =
      found && found->topic == input.topic && found->language == scene.words.language();
  return is_it ? &*found : nullptr;
}

HelpView::Topic named(const Scene& scene, const HelpInput& input, HelpTopic topic) {
  return {topic, std::string(title_of(topic, scene.words)), topic == input.topic};
}

}  // namespace

HelpTopic help_topic(Screen screen) {
  switch (screen) {
    case Screen::sell:
      return HelpTopic::selling;
    case Screen::tender:
    case Screen::unresolved:
      return HelpTopic::paying;
    case Screen::orders:
    case Screen::order:
      return HelpTopic::orders;
    case Screen::outbox:
      return HelpTopic::platform;
    case Screen::reports:
      return HelpTopic::reports;
    case Screen::shift:
      return HelpTopic::shift;
    case Screen::customers:
      return HelpTopic::customers;
    case Screen::sign_in:
      return HelpTopic::staff;
    case Screen::settings:
    case Screen::setup:
      break;  // by their sections
  }
  return HelpTopic::setup;
}

void toggle_help(HelpInput& input, HelpTopic topic) {
  const bool was_open = input.topic.has_value();
  input = {};
  if (!was_open) input.topic = topic;
}

HelpView present(const Scene& scene, const HelpInput& input) {
  const Words& words = scene.words;
  HelpView view;
  view.is_narrow = scene.width < narrow;
  view.shows_topics = view.is_narrow && input.shows_topics;
  view.title = view.shows_topics ? words("Help") : title_of(*input.topic, words);
  view.close = words("Close");
  if (!input.before.empty() && !view.shows_topics) view.back = words("Back");
  if (view.is_narrow && !view.shows_topics) view.topics_word = words("All topics");
  for (const HelpTopic topic : all_help_topics) view.topics.push_back(named(scene, input, topic));
  const FoundHelp* found = page_at_hand(scene, input);
  if (!found) return view;
  view.page = found->page;
  if (view.page.blocks.empty()) view.empty = words("This page is not there. Install Tresen again.");
  for (const HelpTopic link : view.page.links) view.links.push_back(named(scene, input, link));
  if (!view.links.empty()) view.more = words("More on this");
  return view;
}

Reaction react(const HelpTap& tap, const Scene& scene, HelpInput& input) {
  switch (tap.kind) {
    case HelpTap::Kind::none:
      break;
    case HelpTap::Kind::close:
      input = {};
      return {};
    case HelpTap::Kind::back:
      if (input.before.empty()) break;
      input.topic = input.before.back();
      input.before.pop_back();
      break;
    case HelpTap::Kind::topics:
      input.shows_topics = true;
      break;
    case HelpTap::Kind::topic:
      if (input.topic != tap.topic) input.before.push_back(*input.topic);
      input.topic = tap.topic;
      input.shows_topics = false;
      break;
  }
  Reaction reaction;
  const HelpWish wish{*input.topic, scene.words.language()};
  if (input.asked != wish && !page_at_hand(scene, input)) {
    input.asked = wish;
    reaction.help_page = wish;
  }
  return reaction;
}

Reaction run(ui::Ui& ui, const Scene& scene, HelpInput& input) {
  if (!input.topic) return {};
  return react(draw(ui, present(scene, input)), scene, input);
}

}  // namespace pos
