// How the devices and the way out were when they were seen last, as lamps in words. Pure.
#pragma once

#include <string>
#include <vector>

#include "pos/desk/scene.h"

namespace pos {

struct StripView {
  std::string word;
  ui::Icon icon = ui::icons::none;
  ui::State state = ui::State::ok;
  friend bool operator==(const StripView&, const StripView&) = default;
};
// Printer, terminal, security device where the country asks for one, sync: what was seen of each
// last. Green only where it was.
std::vector<StripView> lamps(const Scene& scene);
// How long ago something was seen: "12 min ago"; empty: just now, or not known.
std::string age_text(const Scene& scene, core::Instant seen);

}  // namespace pos
