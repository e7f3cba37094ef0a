#include "drivers/printer/printer_model.h"

#include <algorithm>
#include <array>

namespace drivers {

namespace {

constexpr std::size_t buffer_bytes = 4096;
constexpr std::uint8_t dle = 0x10;
// Shorter pulses do not free the lock of a drawer.
constexpr int shortest_pulse_ms = 20;

}  // namespace

PrinterModel::PrinterModel(const Profile& profile) : profile_(profile), reader_(profile) {}

bool PrinterModel::has_paper() const {
  return !faults_.paper_out && faults_.paper_ends_after.value_or(1) > 0;
}

bool PrinterModel::is_offline() const {
  return !has_paper() || faults_.cover_open || stuck_at_cut_ || faults_.head_hot;
}

std::size_t PrinterModel::receive(ByteView bytes) {
  std::size_t taken = 0;
  for (; taken < bytes.size() && buffer_.size() + pending_.size() < buffer_bytes; ++taken) {
    pending_.push_back(bytes[taken]);
    take_real_time();
  }
  tell_changes();
  return taken;
}

// Passes on to the buffer what cannot be the beginning of a real-time command.
void PrinterModel::take_real_time() {
  while (!pending_.empty()) {
    if (pending_[0] != dle) {
      buffer_.push_back(pending_[0]);
      pending_.erase(pending_.begin());
      continue;
    }
    if (pending_.size() < 2) return;
    const std::uint8_t kind = pending_[1];
    const std::size_t length = kind == 0x04 || kind == 0x05 ? 3 : kind == 0x14 ? 5 : 1;
    if (pending_.size() < length) return;
    if (kind == 0x04 && pending_[2] >= 1 && pending_[2] <= 4) {
      answer({real_time_status(pending_[2])});
    } else if (kind == 0x05 && !faults_.cutter_jammed) {
      stuck_at_cut_ = false;
    } else if (kind == 0x14 && pending_[2] == 1) {
      pulse(100 * pending_[4]);
    }
    if (length == 1) buffer_.push_back(pending_[0]);
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(length));
  }
}

void PrinterModel::run(Milliseconds elapsed) {
  if (faults_.bytes_per_second > 0) {
    credit_ = std::min(credit_ + static_cast<double>(elapsed.count()) *
                                     static_cast<double>(faults_.bytes_per_second) / 1000,
                       static_cast<double>(faults_.bytes_per_second));
  }
  while (!buffer_.empty() && !is_offline()) {
    if (faults_.bytes_per_second > 0) {
      if (credit_ < 1) break;
      credit_ -= 1;
    }
    const std::uint8_t byte = buffer_.front();
    buffer_.pop_front();
    if (faults_.paper_ends_after && byte != 0) --*faults_.paper_ends_after;
    work_off(byte);
  }
  tell_changes();
}

void PrinterModel::work_off(std::uint8_t byte) {
  const auto event = reader_.feed(byte);
  if (!event) return;
  if (std::holds_alternative<ReadInit>(*event)) {
    if (reader_.has_marks()) end_slip(false);
    asb_ = 0;
  } else if (std::holds_alternative<ReadCut>(*event)) {
    stuck_at_cut_ = faults_.cutter_jammed;
    end_slip(true);
  } else if (const auto* drawer = std::get_if<ReadPulse>(&*event)) {
    pulse(drawer->on_ms);
  } else if (const auto* question = std::get_if<ReadQuestion>(&*event)) {
    const bool is_drawer = question->what % 48 == 2;
    answer({static_cast<std::uint8_t>(is_drawer ? (drawer_open_ ? 1 : 0)
                                                : (faults_.paper_low ? 0x03 : 0))});
  } else if (const auto* who = std::get_if<ReadWho>(&*event); who && who->what >= 65) {
    answer({'_'});
    for (const char letter : std::string(who->what == 66 ? "EPSON" : "TM-T20II")) {
      answer({static_cast<std::uint8_t>(letter)});
    }
    answer({0});
  } else if (const auto* automatic = std::get_if<ReadAutomatic>(&*event)) {
    asb_ = automatic->wanted;
    told_ = {};
  } else if (const auto* id = std::get_if<ReadId>(&*event); id && profile_.has_process_id) {
    answer({0x37, 0x22, id->id[0], id->id[1], id->id[2], id->id[3], 0});
  }
}

void PrinterModel::pulse(int on_ms) {
  if (on_ms < shortest_pulse_ms) return;
  drawer_open_ = true;
  ++drawer_openings_;
}

void PrinterModel::close_drawer() {
  drawer_open_ = false;
  tell_changes();
}

void PrinterModel::answer(std::initializer_list<std::uint8_t> bytes) {
  if (faults_.is_mute) return;
  if (faults_.talks_garbage) {
    answers_.insert(answers_.end(), {0x48, 0x54, 0x54, 0x50});
    return;
  }
  answers_.insert(answers_.end(), bytes);
}

std::uint8_t PrinterModel::real_time_status(std::uint8_t n) const {
  int bits = 0x12;
  switch (n) {
    case 1:
      bits |= (drawer_open_ ? 0x04 : 0) | (is_offline() ? 0x08 : 0);
      break;
    case 2:
      bits |= (faults_.cover_open ? 0x04 : 0) | (has_paper() ? 0 : 0x20) |
              (stuck_at_cut_ || faults_.head_hot ? 0x40 : 0);
      break;
    case 3:
      bits |= (stuck_at_cut_ ? 0x08 : 0) | (faults_.head_hot ? 0x40 : 0);
      break;
    default:
      bits |= (faults_.paper_low ? 0x0C : 0) | (has_paper() ? 0 : 0x60);
      break;
  }
  return static_cast<std::uint8_t>(bits);
}

std::array<std::uint8_t, 4> PrinterModel::automatic_status() const {
  const int first = 0x10 | (drawer_open_ ? 0x04 : 0) | (is_offline() ? 0x08 : 0) |
                    (faults_.cover_open ? 0x20 : 0);
  const int second = (stuck_at_cut_ ? 0x08 : 0) | (faults_.head_hot ? 0x40 : 0);
  const int third = (faults_.paper_low ? 0x03 : 0) | (has_paper() ? 0 : 0x0C);
  return {static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second),
          static_cast<std::uint8_t>(third), 0};
}

void PrinterModel::tell_changes() {
  const auto now = automatic_status();
  if (asb_ == 0 || now == told_) return;
  told_ = now;
  answer({now[0], now[1], now[2], now[3]});
}

void PrinterModel::end_slip(bool is_whole) {
  slips_.push_back({reader_.take(), is_whole});
}

Bytes PrinterModel::take_answers() {
  return std::exchange(answers_, {});
}

std::vector<SlipOnPaper> PrinterModel::take_slips() {
  return std::exchange(slips_, {});
}

void PrinterModel::set(const PrinterFaults& faults) {
  faults_ = faults;
  // Whoever frees the cutter of this printer also presses its button.
  if (!faults_.cutter_jammed) stuck_at_cut_ = false;
  tell_changes();
}

void PrinterModel::power_cycle() {
  if (reader_.has_marks()) end_slip(false);
  reader_ = EscposReader(profile_);
  buffer_.clear();
  pending_.clear();
  answers_.clear();
  asb_ = 0;
  stuck_at_cut_ = false;
}

}  // namespace drivers
