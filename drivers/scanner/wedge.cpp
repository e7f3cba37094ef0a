#include "drivers/scanner/wedge.h"

#include <algorithm>

#include "core/base/text.h"

namespace drivers {

namespace {

// More than the largest QR code carries.
constexpr std::size_t longest_burst = 8192;

bool ends_a_code(char32_t c) {
  return c == U'\r' || c == U'\n' || c == U'\t';
}

// A key held down repeats as fast as a scanner types, but only itself.
bool is_one_key_repeated(const std::u32string& text) {
  return std::ranges::all_of(text, [&](char32_t c) { return c == text.front(); });
}

}  // namespace

std::vector<WedgeEvent> WedgeDetector::feed(char32_t character, core::Instant at) {
  std::vector<WedgeEvent> out = flush(at);
  if (!ends_a_code(character)) {
    held_ += character;
    last_ = at;
    if (held_.size() >= longest_burst) release(out);
    return out;
  }
  if (auto scan = held_as_scan()) {
    held_.clear();
    out.emplace_back(std::move(*scan));
    return out;
  }
  // An Enter is never part of a burst that begins, so it need not wait.
  held_ += character == U'\t' ? U'\t' : U'\n';
  release(out);
  return out;
}

std::vector<WedgeEvent> WedgeDetector::flush(core::Instant now) {
  std::vector<WedgeEvent> out;
  if (held_.empty() || !has_gone_quiet(now)) return out;
  auto scan = settings_.end == ScanEnd::by_key_or_pause ? held_as_scan() : std::nullopt;
  if (scan && !is_one_key_repeated(held_)) {
    held_.clear();
    out.emplace_back(std::move(*scan));
  } else {
    release(out);
  }
  return out;
}

std::optional<core::Instant> WedgeDetector::next_deadline() const {
  if (held_.empty()) return {};
  return last_ + settings_.longest_gap + std::chrono::milliseconds{1};
}

bool WedgeDetector::has_gone_quiet(core::Instant now) const {
  return now < last_ || now - last_ > settings_.longest_gap;
}

std::optional<Scan> WedgeDetector::held_as_scan() const {
  const auto& [shortest, gap, end, prefix, suffix] = settings_;
  if (held_.size() < prefix.size() + suffix.size() + std::max<std::size_t>(shortest, 1)) return {};
  if (!held_.starts_with(prefix) || !held_.ends_with(suffix)) return {};
  Scan scan;
  for (std::size_t i = prefix.size(); i < held_.size() - suffix.size(); ++i) {
    core::append_utf8(scan.code, held_[i]);
  }
  return scan;
}

void WedgeDetector::release(std::vector<WedgeEvent>& out) {
  out.emplace_back(Typed{held_});
  held_.clear();
}

}  // namespace drivers
