#include "pos/desk/scan_filter.h"

#include "core/base/text.h"

namespace pos {

namespace {

drivers::WedgeSettings wedge(const core::ScannerSettings& settings) {
  drivers::WedgeSettings wedge;
  wedge.shortest_code = static_cast<std::size_t>(settings.shortest_code);
  wedge.longest_gap = std::chrono::milliseconds{settings.longest_gap_ms};
  return wedge;
}

}  // namespace

ScanFilter::ScanFilter(const core::ScannerSettings& settings)
    : longest_gap_(settings.longest_gap_ms), detector_(wedge(settings)) {}

void ScanFilter::type(const std::u32string& text, Sorted& sorted) {
  for (const char32_t letter : text) {
    if (shown_ > 0) {
      --shown_;
    } else if (letter == U'\n' || letter == U'\r') {
      sorted.strokes.push_back({.key = ui::Key::enter});
    } else {
      std::string bytes;
      core::append_utf8(bytes, letter);
      sorted.strokes.push_back({.text = std::move(bytes)});
    }
  }
}

void ScanFilter::put(std::vector<drivers::WedgeEvent> events, Sorted& sorted) {
  for (drivers::WedgeEvent& event : events) {
    if (const auto* typed = std::get_if<drivers::Typed>(&event)) {
      type(typed->text, sorted);
    } else {
      for (; shown_ > 0; --shown_) sorted.strokes.push_back({.key = ui::Key::backspace});
      sorted.scans.push_back(std::move(std::get<drivers::Scan>(event).code));
    }
  }
}

ScanFilter::Sorted ScanFilter::sort(std::vector<ui::Stroke> strokes, core::Instant now,
                                    bool may_show_first) {
  Sorted sorted;
  for (ui::Stroke& stroke : strokes) {
    const bool is_plain = !stroke.ctrl && !stroke.alt;
    if (stroke.key == ui::Key::enter && is_plain) {
      put(detector_.feed(U'\r', now), sorted);
    } else if (stroke.key != ui::Key::none || !is_plain) {
      // A key that no scanner sends: what was held is typing.
      put(detector_.flush(now + longest_gap_ + std::chrono::milliseconds{1}), sorted);
      sorted.strokes.push_back(std::move(stroke));
    } else {
      for (const char32_t letter : core::code_points(stroke.text)) {
        put(detector_.flush(now), sorted);
        const bool is_first = !detector_.next_deadline();
        put(detector_.feed(letter, now), sorted);
        if (is_first && may_show_first && detector_.next_deadline()) {
          type(std::u32string(1, letter), sorted);
          ++shown_;
        }
      }
    }
  }
  return sorted;
}

ScanFilter::Sorted ScanFilter::flush(core::Instant now) {
  Sorted sorted;
  put(detector_.flush(now), sorted);
  return sorted;
}

}  // namespace pos
