#include "drivers/printer/escpos_printer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "drivers/printer/escpos_encoder.h"

namespace drivers {

namespace {

constexpr std::uint8_t offline_cause = 2;
constexpr std::uint8_t error_cause = 3;
constexpr std::uint8_t roll = 4;

// How long one read waits before the printer is asked what holds it up.
constexpr Milliseconds slot{250};
constexpr int silent_slots_until_asked = 4;
constexpr Milliseconds write_slot{2000};

// A printer that babbles without an answer is as good as silent.
constexpr int most_reads = 2000;

// Ends the picture that an earlier, broken job left half sent: the longest
// strip of ours is shorter, and an idle printer ignores NULs.
constexpr std::size_t flushing_nuls = 8192;

}  // namespace

PrinterTrouble trouble_of(LinkError error) {
  switch (error) {
    case LinkError::unreachable:
      return PrinterTrouble::unreachable;
    case LinkError::refused:
      return PrinterTrouble::busy;
    case LinkError::timed_out:
      return PrinterTrouble::silent;
    case LinkError::cut:
      return PrinterTrouble::cut;
    case LinkError::no_permission:
      return PrinterTrouble::no_permission;
    case LinkError::missing:
      return PrinterTrouble::missing;
  }
  return PrinterTrouble::fault;
}

EscposPrinter::EscposPrinter(std::unique_ptr<Transport> link, Profile profile,
                             PrinterPatience patience)
    : link_(std::move(link)), profile_(profile), patience_(patience) {}

PrintOutcome EscposPrinter::print(const Document& document) {
  const Bytes bytes = escpos_bytes(document, profile_);
  const auto opened = link_->open(patience_.connect);
  if (!opened) {
    // Nobody there within the time is "off", not "silent".
    const LinkError error = opened.error();
    return NotSent{error == LinkError::timed_out ? PrinterTrouble::unreachable : trouble_of(error)};
  }
  lost_ = false;
  const PrintOutcome outcome = print_over_open_link(bytes);
  link_->close();
  return outcome;
}

PrintOutcome EscposPrinter::print_over_open_link(const Bytes& bytes) {
  bool speaks = false;
  if (can_ask()) {
    const PrinterStatus hello = greet();
    if (hello.trouble && hello.answered) return Refused{*hello.trouble};
    const bool must_speak = profile_.status == StatusSupport::expected;
    if (hello.trouble && (lost_ || must_speak)) return NotSent{*hello.trouble};
    speaks = hello.answered;
  }
  const Written sent = write(bytes);
  if (sent.trouble && sent.count == 0) return NotSent{*sent.trouble};
  if (sent.trouble) return Unsure{*sent.trouble};

  // All bytes have left. From here on only the printer can say that they are
  // on paper.
  if (!speaks) return Printed{Proof::sent_only};
  return await_end(bytes.size());
}

PrinterStatus EscposPrinter::greet() {
  forget_old_answers();
  PrinterStatus hello = ask_status();
  if (hello.answered || lost_ || profile_.status != StatusSupport::expected) return hello;
  const Bytes nuls(flushing_nuls, 0);
  if (write(nuls).trouble) return hello;
  return ask_status();
}

PrinterStatus EscposPrinter::ask_status() {
  const auto cause = ask(offline_cause);
  if (!cause) return {lost_ ? PrinterTrouble::cut : PrinterTrouble::silent, false, false};
  PrinterStatus status{trouble_in_offline_cause(*cause), false, true};
  if (status.trouble == PrinterTrouble::fault) {
    if (const auto error = ask(error_cause)) status.trouble = trouble_in_error_cause(*error);
  } else if (!status.trouble) {
    if (const auto paper = ask(roll)) {
      status.trouble = trouble_in_roll(*paper);
      status.paper_low = is_paper_low(*paper);
    }
  }
  return status;
}

std::optional<std::uint8_t> EscposPrinter::ask(std::uint8_t what) {
  answers_.clear();
  const std::array<std::uint8_t, 3> question{0x10, 0x04, what};
  const auto sent = link_->write(question, answer_patience());
  if (!sent && sent.error() != LinkError::timed_out) lost_ = true;
  // A torn question would make the next byte a part of it: no question then.
  if (!sent || *sent != question.size()) return {};
  Milliseconds silence{0};
  for (int reads = 0; answers_.empty() && reads < most_reads && silence < answer_patience();
       ++reads) {
    if (!listen(slot)) silence += slot;
    if (lost_) return {};
  }
  if (answers_.empty()) return {};
  return answers_.front();
}

// Reads once; says whether anything came.
bool EscposPrinter::listen(Milliseconds patience) {
  const auto arrived = link_->read(patience);
  if (!arrived) {
    if (arrived.error() != LinkError::timed_out) lost_ = true;
    return false;
  }
  for (const StatusEvent& event : parser_.feed(*arrived)) {
    if (const auto* answer = std::get_if<RealTimeAnswer>(&event)) answers_.push_back(answer->byte);
    if (std::holds_alternative<QueuedAnswer>(event)) processed_ = true;
  }
  return true;
}

// What an earlier job was told too late, or what a till before us asked.
void EscposPrinter::forget_old_answers() {
  for (int reads = 0; reads < 16 && listen(Milliseconds{0}); ++reads) continue;
  parser_ = {};
  answers_.clear();
}

EscposPrinter::Written EscposPrinter::write(ByteView bytes) {
  Written done;
  Milliseconds stalled{0};
  while (done.count < bytes.size()) {
    const auto accepted = link_->write(bytes.subspan(done.count), write_slot);
    if (accepted) {
      done.count += *accepted;
      stalled = Milliseconds{0};
      continue;
    }
    stalled += write_slot;
    done.trouble = trouble_of(accepted.error());
    if (accepted.error() != LinkError::timed_out || stalled >= patience_.stall) return done;
    done.trouble.reset();
  }
  return done;
}

PrintOutcome EscposPrinter::await_end(std::size_t bytes_sent) {
  processed_ = false;
  const std::array<std::uint8_t, 3> question{0x1D, 'r', 1};
  if (const Written asked = write(question); asked.trouble) return Unsure{*asked.trouble};

  const Milliseconds limit = patience_.finish + Milliseconds{3 * bytes_sent};
  PrinterStatus last{PrinterTrouble::silent, false, false};
  Milliseconds silence{0};
  int silent_slots = 0;
  for (int reads = 0; reads < most_reads && silence < limit; ++reads) {
    if (!listen(slot)) {
      silence += slot;
      ++silent_slots;
    }
    if (processed_) return Printed{Proof::confirmed};
    if (lost_) return Unsure{PrinterTrouble::cut};
    if (silent_slots < silent_slots_until_asked) continue;
    // GS r waits in the queue of a printer that stopped; DLE EOT does not.
    silent_slots = 0;
    last = ask_status();
    if (processed_) return Printed{Proof::confirmed};
    if (last.trouble && last.answered) return Unsure{*last.trouble};
  }
  // Some speak, and do not know GS r: alive and without trouble is all they say.
  if (profile_.status == StatusSupport::tried && last.answered) return Printed{Proof::sent_only};
  return Unsure{PrinterTrouble::silent};
}

core::Result<core::Done, PrinterTrouble> EscposPrinter::open_drawer() {
  const auto opened = link_->open(patience_.connect);
  if (!opened) return tl::unexpected(trouble_of(opened.error()));
  const Written sent = write(escpos_drawer_pulse(profile_));
  link_->close();
  if (sent.trouble) return tl::unexpected(*sent.trouble);
  return core::Done{};
}

PrinterStatus EscposPrinter::status() {
  const auto opened = link_->open(patience_.connect);
  if (!opened) return {trouble_of(opened.error()), false, false};
  lost_ = false;
  PrinterStatus status;
  if (can_ask()) {
    forget_old_answers();
    status = ask_status();
    const bool may_be_mute = profile_.status == StatusSupport::tried;
    if (!status.answered && !lost_ && may_be_mute) status.trouble.reset();
  }
  link_->close();
  return status;
}

Milliseconds EscposPrinter::answer_patience() const {
  return profile_.status == StatusSupport::expected ? patience_.answer : patience_.try_answer;
}

bool EscposPrinter::can_ask() const {
  return profile_.status != StatusSupport::none && link_->answers();
}

}  // namespace drivers
