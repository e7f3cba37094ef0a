// The help, over whatever screen it was asked for on: the topics at the left, the page at the
// right; in a narrow window one or the other. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/help/page.h"
#include "pos/ui/ui.h"

namespace pos {

struct HelpInput {
  std::optional<HelpTopic> topic;  // none: it is closed
  std::vector<HelpTopic> before;   // where a link led away from, the latest last
  bool shows_topics = false;       // in a narrow window
  std::optional<HelpWish> asked;   // which page is on its way
};

struct HelpView {
  std::string title, close, back, topics_word, more;
  bool shows_topics = false;  // alone; only where `is_narrow`
  bool is_narrow = false;
  struct Topic {
    HelpTopic topic = HelpTopic::selling;
    std::string label;
    bool is_selected = false;
    friend bool operator==(const Topic&, const Topic&) = default;
  };
  std::vector<Topic> topics, links;  // links: of the page, at its foot
  HelpPage page;                     // empty while it is on its way
  std::string empty;                 // not empty: why there is no page
  friend bool operator==(const HelpView&, const HelpView&) = default;
};

struct HelpTap {
  enum class Kind : std::uint8_t { none, close, back, topics, topic } kind = Kind::none;
  HelpTopic topic = HelpTopic::selling;
};

// Which page explains a screen.
HelpTopic help_topic(Screen screen);
// Opens it, or puts it away where it is open.
void toggle_help(HelpInput& input, HelpTopic topic);

HelpView present(const Scene& scene, const HelpInput& input);
HelpTap draw(ui::Ui& ui, const HelpView& view);
Reaction react(const HelpTap& tap, const Scene& scene, HelpInput& input);
// Nothing while it is closed.
Reaction run(ui::Ui& ui, const Scene& scene, HelpInput& input);

}  // namespace pos
