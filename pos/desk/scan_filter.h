// Stands between the keyboard and the screens: what a scanner types becomes a
// scan, what a person types stays typing. On a screen where letters go into the
// search, the first letter is shown at once, so that typing never waits; if a
// scan follows, it is taken back. UI thread; the time is passed in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/settings/settings.h"
#include "drivers/scanner/wedge.h"
#include "pos/ui/input.h"

namespace pos {

class ScanFilter {
 public:
  explicit ScanFilter(const core::ScannerSettings& settings);

  struct Sorted {
    std::vector<ui::Stroke> strokes;
    std::vector<std::string> scans;
  };
  Sorted sort(std::vector<ui::Stroke> strokes, core::Instant now, bool may_show_first);
  // What has waited long enough; call when `deadline` has come.
  Sorted flush(core::Instant now);
  std::optional<core::Instant> deadline() const { return detector_.next_deadline(); }

 private:
  void put(std::vector<drivers::WedgeEvent> events, Sorted& sorted);
  void type(const std::u32string& text, Sorted& sorted);

  std::chrono::milliseconds longest_gap_;
  drivers::WedgeDetector detector_;
  std::size_t shown_ = 0;  // letters that are held and on the screen already
};

}  // namespace pos
