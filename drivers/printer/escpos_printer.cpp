#include "drivers/printer/escpos_printer.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "drivers/printer/escpos_encoder.h"

namespace drivers {

namespace {

constexpr std::uint8_t printer_cause = 1;
constexpr std::uint8_t offline_cause = 2;
constexpr std::uint8_t error_cause = 3;
constexpr std::uint8_t roll = 4;

// How long one read waits before the printer is asked what holds it up.
constexpr Milliseconds slot{250};
constexpr int silent_slots_until_asked = 4;
constexpr Milliseconds drawer_slot{50};
constexpr Milliseconds nonsense_slot{50};

// A printer that babbles without an answer is as good as silent.
constexpr int most_reads = 2000;

// Ends the picture that an earlier, broken job left half sent: the longest
// strip of ours is shorter, and an idle printer ignores NULs.
constexpr std::size_t flushing_nuls = 8192;

// Four printable digits: an id is no place for control characters.
std::array<std::uint8_t, 4> process_id(std::uint32_t number) {
  std::array<std::uint8_t, 4> digits{};
  for (std::size_t i = digits.size(); i-- > 0; number /= 10) {
    digits[i] = static_cast<std::uint8_t>('0' + number % 10);
  }
  return digits;
}

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

PrintOutcome EscposPrinter::print(const Document& document, PrintWatch& watch) {
  return print_bytes(escpos_bytes(document, profile_), watch);
}

PrintOutcome EscposPrinter::print_code_tables() {
  PrintWatch nobody;
  return print_bytes(escpos_code_table_samples(profile_), nobody);
}

PrintOutcome EscposPrinter::print_bytes(ByteView bytes, PrintWatch& watch) {
  const auto opened = link_->open(patience_.connect);
  if (!opened) {
    // Nobody there within the time is "off", not "silent".
    const LinkError error = opened.error();
    return NotSent{error == LinkError::timed_out ? PrinterTrouble::unreachable : trouble_of(error)};
  }
  lost_ = is_strange_ = false;
  told_.reset();
  stopped_.reset();
  const PrintOutcome outcome = print_over_open_link(bytes, watch);
  may_hold_half_ = std::holds_alternative<Unsure>(outcome);
  link_->close();
  return outcome;
}

PrintOutcome EscposPrinter::print_over_open_link(ByteView bytes, PrintWatch& watch) {
  bool speaks = false;
  if (can_ask()) {
    const PrinterStatus hello = greet();
    if (hello.trouble && hello.answered) return Refused{*hello.trouble};
    const bool must_speak = profile_.status == StatusSupport::expected || is_strange_;
    if (hello.trouble && (lost_ || must_speak)) return NotSent{*hello.trouble};
    speaks = hello.answered;
  }
  if (speaks) {
    // The slip's own ESC @ goes first, for it switches automatic status off.
    const std::array<std::uint8_t, 5> hello{0x1B, '@', 0x1D, 'a', 0xFF};
    if (const Written said = write(hello); said.trouble) return NotSent{*said.trouble};
    bytes = bytes.subspan(2);
  }
  if (!watch.may_begin()) return NotSent{PrinterTrouble::held_back};
  const Written sent = write(bytes, watch);
  if (sent.trouble && sent.count == 0) return NotSent{*sent.trouble};
  if (sent.trouble) return Unsure{*sent.trouble};

  // All bytes have left. From here on only the printer can say that they are
  // on paper.
  if (!speaks && heard_nonsense()) return Unsure{PrinterTrouble::stranger};
  if (!speaks) return Printed{Proof::sent_only};
  return await_end(bytes.size(), watch);
}

// A web server answers to the first line of a slip what no printer was asked.
bool EscposPrinter::heard_nonsense() {
  processed_ = false;
  if (can_ask()) listen(nonsense_slot);
  return processed_;
}

PrinterStatus EscposPrinter::greet() {
  forget_old_answers();
  // What may hold half a picture would take the greeting for a part of it.
  const Bytes nuls(flushing_nuls, 0);
  if (may_hold_half_ && write(nuls).trouble) return {PrinterTrouble::silent, false, false};
  PrinterStatus hello = ask_status();
  // An answer to a question that was not asked.
  is_strange_ = processed_ && !hello.answered;
  if (is_strange_) return {PrinterTrouble::stranger, false, false};
  if (hello.answered || lost_) return hello;
  if (profile_.status != StatusSupport::expected || may_hold_half_) return hello;
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
    if (const auto* told = std::get_if<AutomaticStatus>(&event)) told_ = *told;
    if (const auto* message = std::get_if<PrinterMessage>(&event)) message_ = message->text;
  }
  return true;
}

bool EscposPrinter::is_through(std::uint32_t number) const {
  if (!profile_.has_process_id) return processed_;
  const auto id = process_id(number);
  return message_ == "7\"" + std::string(id.begin(), id.end());
}

// What an earlier job was told too late, or what a till before us asked.
void EscposPrinter::forget_old_answers() {
  for (int reads = 0; reads < 16 && listen(Milliseconds{0}); ++reads) continue;
  parser_ = {};
  answers_.clear();
  processed_ = false;
}

EscposPrinter::Written EscposPrinter::write(ByteView bytes) {
  PrintWatch nobody;
  return write(bytes, nobody);
}

EscposPrinter::Written EscposPrinter::write(ByteView bytes, PrintWatch& watch) {
  Written done;
  Milliseconds stalled{0};
  while (done.count < bytes.size()) {
    const auto accepted = link_->write(bytes.subspan(done.count), slot);
    if (accepted) {
      done.count += *accepted;
      stalled = Milliseconds{0};
      continue;
    }
    done.trouble = trouble_of(accepted.error());
    if (accepted.error() != LinkError::timed_out) return done;
    // A full buffer is how a printer without paper looks from here; where it
    // tells the reason, it is waited for.
    if (can_ask()) listen(Milliseconds{0});
    const auto reason = told_ ? trouble_in(*told_) : std::nullopt;
    if (reason && is_given_up(reason, watch)) return {done.count, reason};
    stalled = reason && is_mended_by_hand(*reason) ? Milliseconds{0} : stalled + slot;
    if (stalled >= patience_.stall) return done;
    done.trouble.reset();
  }
  return done;
}

bool EscposPrinter::is_given_up(std::optional<PrinterTrouble> trouble, PrintWatch& watch) {
  if (trouble != stopped_) {
    stopped_ = trouble;
    watch.stopped(trouble);
  }
  if (!trouble) return false;
  const PrintWish wish = watch.wish();
  obey(wish);
  return wish == PrintWish::give_up || !is_mended_by_hand(*trouble);
}

// Real-time commands: they are carried out by a printer that has stopped.
void EscposPrinter::obey(PrintWish wish) {
  if (wish == PrintWish::open_drawer) {
    const auto tenths = static_cast<std::uint8_t>(std::clamp(profile_.pulse_on * 2 / 100, 1, 8));
    const std::array<std::uint8_t, 5> pulse{0x10, 0x14, 1, profile_.drawer_pin, tenths};
    write(pulse);
  } else if (wish == PrintWish::recover) {
    const std::array<std::uint8_t, 3> recover{0x10, 0x05, 1};
    write(recover);
  }
}

PrintOutcome EscposPrinter::await_end(std::size_t bytes_sent, PrintWatch& watch) {
  processed_ = false;
  message_.clear();
  Bytes question{0x1D, 'r', 1};
  if (profile_.has_process_id) {
    question.insert(question.end(), {0x1D, '(', 'H', 6, 0, 48, 48});
    for (const std::uint8_t digit : process_id(watch.number())) question.push_back(digit);
  }
  if (const Written asked = write(question, watch); asked.trouble) return Unsure{*asked.trouble};

  const Milliseconds limit = patience_.finish + Milliseconds{3 * bytes_sent};
  PrinterStatus last{PrinterTrouble::silent, false, false};
  Milliseconds silence{0};
  int silent_slots = 0;
  for (int reads = 0; reads < most_reads && silence < limit; ++reads) {
    if (!listen(slot)) {
      silence += slot;
      ++silent_slots;
    }
    if (is_through(watch.number())) return Printed{Proof::confirmed};
    if (lost_) return Unsure{PrinterTrouble::cut};
    if (told_) {
      const auto told = trouble_in(*told_);
      if (is_given_up(told, watch)) return Unsure{*told};
      // Whoever waits for paper is not counted as silent.
      if (told) reads = 0;
    }
    if (silent_slots < silent_slots_until_asked) continue;
    // GS r waits in the queue of a printer that stopped; DLE EOT does not.
    silent_slots = 0;
    last = ask_status();
    if (is_through(watch.number())) return Printed{Proof::confirmed};
    if (!last.answered) continue;
    if (is_given_up(last.trouble, watch)) return Unsure{*last.trouble};
    if (last.trouble) {
      silence = Milliseconds{0};
      reads = 0;
    } else {
      told_.reset();
    }
  }
  // The end was processed, and an id that it does not know is no doubt.
  if (processed_) return Printed{Proof::confirmed};
  // Some speak, and do not know GS r: alive and without trouble is all they say.
  if (profile_.status == StatusSupport::tried && last.answered) return Printed{Proof::sent_only};
  return Unsure{PrinterTrouble::silent};
}

core::Result<DrawerSeen, PrinterTrouble> EscposPrinter::open_drawer() {
  const auto opened = link_->open(patience_.connect);
  if (!opened) return tl::unexpected(trouble_of(opened.error()));
  lost_ = is_strange_ = false;
  const auto before = can_ask() ? ask(printer_cause) : std::nullopt;
  const Written sent = write(escpos_drawer_pulse(profile_));
  DrawerSeen seen = DrawerSeen::unknown;
  if (!sent.trouble && before) {
    const bool was_high = is_drawer_high(*before);
    seen = watch_drawer(was_high);
    if (seen == DrawerSeen::still_closed) {
      // A stubborn lock: twice as long, and only once.
      Profile longer = profile_;
      longer.pulse_on = 50;
      write(escpos_drawer_pulse(longer));
      seen = watch_drawer(was_high);
    }
  }
  link_->close();
  if (sent.trouble) return tl::unexpected(*sent.trouble);
  return seen;
}

// A switch that was never seen to move may not be there.
DrawerSeen EscposPrinter::watch_drawer(bool was_high) {
  if (open_is_high_ && *open_is_high_ == was_high) return DrawerSeen::opened;
  const Milliseconds longest = open_is_high_ ? patience_.drawer : patience_.drawer / 4;
  for (Milliseconds waited{0}; waited < longest && !lost_; waited += drawer_slot) {
    if (const auto now = ask(printer_cause); now && is_drawer_high(*now) != was_high) {
      open_is_high_ = !was_high;
      return DrawerSeen::opened;
    }
    listen(drawer_slot);
  }
  return open_is_high_ ? DrawerSeen::still_closed : DrawerSeen::unknown;
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
