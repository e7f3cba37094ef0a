#include "drivers/terminal/zvt/dialogue.h"

#include "drivers/terminal/zvt/words.h"

namespace drivers::zvt {

namespace {

// How often a wish to cancel is looked for while nothing arrives.
constexpr Milliseconds slice{100};
// More time is asked for so often; then nobody will take the result.
constexpr int most_requests_for_time = 3;
// A terminal that sends rubbish for ever must not keep the till for ever.
constexpr int most_messages = 10'000;

std::string no_link_words(LinkError error) {
  switch (error) {
    case LinkError::missing:
      return "There is no such terminal: check its address on the Settings page.";
    case LinkError::refused:
      return "Nothing answers at the terminal's port: check the port, and whether ZVT is on.";
    case LinkError::no_permission:
      return "The terminal's serial port may not be opened by this user.";
    default:
      return "The card terminal cannot be reached: check its power, cable and address.";
  }
}

}  // namespace

struct Dialogue::Course {
  const Errand& errand;
  Milliseconds left;  // until the next message has to be here
  Ending ending{};
  ReceiptBlock block{};  // printed so far, and not yet on disk
  int asked_for_time = 0;
  bool is_started = false, is_cancelling = false;
  bool is_again = false;  // the message that was heard last had been heard before

  bool can_be_cancelled() const { return errand.cancel_wished && is_started && !is_cancelling; }

  // On disk before it is answered. True where there is nothing to keep.
  bool keep_block() {
    if (block.lines.empty() || !errand.hooks) return true;
    if (!errand.hooks->receipt(block)) return false;
    block = {};
    return true;
  }
};

// --- sending ---

bool Dialogue::send(Message message) {
  if (sequence_) {
    *sequence_ = *sequence_ % 999'999 + 1;
    if (!message.fields.tlvs) message.fields.tlvs.emplace();
    message.fields.tlvs->push_back({0x1F73, bcd(*sequence_, 3), {}});
  }
  return link_->send(encode(message)).has_value();
}

bool Dialogue::answer(std::uint16_t code, const Message& to) {
  Message message = bare(code);
  // An answer bears the number of what it answers.
  if (const Bytes* number = to.fields.find_tlv(0x1F73); sequence_ && number) {
    message.fields.tlvs = Tlvs{{0x1F73, *number, {}}};
  }
  return link_->send(encode(message)).has_value();
}

// Asks the terminal to stop. It alone says how the dialogue ends.
bool Dialogue::give_up(Course& course, Milliseconds patience) {
  course.is_cancelling = true;
  course.left = patience;
  return send(bare(command::abort));
}

// --- waiting and hearing ---

bool Dialogue::stay_connected() {
  const auto heard = link_->receive(Milliseconds{0});
  // A late answer is none; anything else of an earlier dialogue is to end there.
  if (heard && !is_positive(*heard) && !is_negative(*heard)) {
    return link_->send({command::ack, {}}).has_value();
  }
  if (heard || heard.error() == LinkError::timed_out) return true;
  return link_->open(settings_.to_connect).has_value();
}

Ending Dialogue::converse(Message request, const Errand& errand) {
  Course course{errand, settings_.to_answer};
  if (!stay_connected() || !send(std::move(request))) return course.ending;
  for (int messages = 0; messages < most_messages;) {
    if (course.can_be_cancelled() && *errand.cancel_wished &&
        !give_up(course, std::min(course.left, settings_.after_cancel))) {
      return course.ending;
    }
    const auto apdu = link_->receive(std::min(slice, course.left));
    if (apdu) {
      ++messages;
      if (hear(*apdu, course)) return course.ending;
      continue;
    }
    if (apdu.error() != LinkError::timed_out) return course.ending;
    course.left -= std::min(slice, course.left);
    if (course.left.count() > 0) continue;
    // T3 is over, or T4 for the second time: whatever happened, it is not known here.
    if (!course.can_be_cancelled() || !give_up(course, settings_.after_cancel)) {
      return course.ending;
    }
  }
  return course.ending;
}

bool Dialogue::hear(const Apdu& apdu, Course& course) {
  Ending& ending = course.ending;
  if (is_negative(apdu)) {
    if (course.is_started) return false;  // it will not be cancelled any more
    const auto said = parse(apdu);
    ending.how = End::refused;
    ending.code = static_cast<std::uint8_t>(apdu.command & 0xFFU);
    // "Registration refused" says why in its data.
    if (said && ending.code == 0x1E && said->code) ending.code = *said->code;
    return true;
  }
  if (is_positive(apdu)) {
    if (!course.is_started) {
      course.is_started = true;
      course.left = settings_.to_finish;
      last_sequence_heard_.clear();
      if (course.errand.on_booking) course.errand.hooks->started();
    }
    if (!course.errand.ends_with_answer) return false;
    ending.how = End::completed;
    return true;
  }
  const auto message = parse(apdu);
  // What cannot be read is not answered: nothing that follows can be trusted.
  if (!message) return true;
  // Before the answer to the command, what is said belongs to an earlier dialogue:
  // taken for this one, an old booking would be its outcome.
  if (!course.is_started) return !answer(command::ack, *message);
  course.is_again = false;
  if (const Bytes* number = message->fields.find_tlv(0x1F73); sequence_ && number) {
    course.is_again = *number == last_sequence_heard_;
    last_sequence_heard_ = *number;
  }
  return follow(*message, course);
}

// T4, or more where 04 FF asks for it (PA00P016 5.1).
Milliseconds Dialogue::to_next(const Message& message) const {
  const Bytes minutes{message.patience.value_or(0)};
  return std::max<Milliseconds>(settings_.to_finish,
                                std::chrono::minutes(bcd_number(minutes).value_or(0)));
}

bool Dialogue::follow(const Message& message, Course& course) {
  const bool is_news =
      message.command == command::intermediate || message.command == command::status;
  if (is_news && !course.is_cancelling) course.left = to_next(message);
  switch (message.command) {
    case command::intermediate:
      if (course.errand.hooks) course.errand.hooks->shows(shown(message, settings_.charset));
      return !answer(command::ack, message);
    case command::status:
      return hear_status(message, course);
    case command::print_line:
    case command::print_block:
      return hear_print(message, course);
    case command::set_date:
      return !answer(command::ack, message);
    case command::completion:
      if (!course.keep_block()) return true;
      course.ending.completion = message;
      course.ending.how = End::completed;
      answer(command::ack, message);
      return true;
    case command::aborted:
      if (!course.keep_block()) return true;
      course.ending.code = message.code.value_or(0xFF);
      course.ending.words = status_of(message.fields, settings_.charset).words;
      course.ending.how = End::aborted;
      answer(command::ack, message);
      return true;
    default:
      return !answer(command::not_possible, message);
  }
}

// It may come more than once: the last one counts.
bool Dialogue::hear_status(const Message& message, Course& course) {
  const Errand& errand = course.errand;
  course.ending.status = status_of(message.fields, settings_.charset);
  course.ending.verdict.reset();
  if (!errand.on_booking || course.ending.status->result != 0) {
    return !answer(command::ack, message);
  }
  const Verdict verdict = errand.on_booking(*course.ending.status);
  course.ending.verdict = verdict;
  if (verdict == Verdict::more_time) {
    if (++course.asked_for_time > most_requests_for_time) return true;
    return !answer(command::busy, message);
  }
  const bool is_accepted = verdict == Verdict::accept;
  if (!answer(is_accepted ? command::ack : command::refused, message)) return true;
  if (is_accepted) errand.hooks->acknowledged();
  return false;
}

// A slip comes in parts, and is kept when its last one or one of another slip is here.
bool Dialogue::hear_print(const Message& message, Course& course) {
  if (course.is_again) return !answer(command::ack, message);
  PrintPart part = print_part(message, settings_.charset);
  if (part.block.copy != course.block.copy && !course.keep_block()) {
    return !answer(command::not_ready, message);
  }
  course.block.copy = part.block.copy;
  course.block.needs_signature |= part.block.needs_signature;
  for (BlockLine& line : part.block.lines) course.block.lines.push_back(std::move(line));
  const bool is_kept = !part.ends || course.keep_block();
  return !answer(is_kept ? command::ack : command::not_ready, message);
}

// --- logging in ---

std::optional<NotStarted> Dialogue::log_in() {
  sequence_.reset();
  introduction_.reset();
  if (auto opened = link_->open(settings_.to_connect); !opened) {
    return NotStarted{NotStartedReason::unreachable, no_link_words(opened.error())};
  }
  Login login;
  login.password = settings_.password;
  login.config =
      settings_.printer == SlipPrinter::till ? config_till_prints : config_terminal_prints;
  login.currency = currency_number(settings_.currency.text());
  login.wants_blocks = settings_.printer == SlipPrinter::till;
  login.offers_sequence = settings_.offers_sequence;
  Message request = registration(login);
  Ending ending = converse(request, {});
  // A terminal of old refuses field 06, which it does not know (PA00P015 2.66).
  if (ending.how == End::refused && ending.code == not_possible_code) {
    request.fields = {};
    ending = converse(request, {});
  }
  if (ending.how != End::completed) return why_not(ending);
  const Fields& said = ending.completion.fields;
  if (const Bytes* id = said.find(0x29)) terminal_id_ = bcd_text(*id);
  if (!settings_.terminal_id.empty() && terminal_id_ != settings_.terminal_id) {
    return NotStarted{NotStartedReason::refused,
                      "Another terminal answers: its TID is not the one in the settings."};
  }
  if (const Bytes* own = said.find(0x49); own && bcd_number(*own) != login.currency) {
    return NotStarted{NotStartedReason::refused, std::string(result_words(0x6F))};
  }
  if (said.find_tlv(0x1F73) && settings_.offers_sequence) sequence_ = 0;
  introduction_ = said.tlvs;
  return {};
}

// A terminal may list what it evaluates; one that does not skips what it does not know.
bool Dialogue::understands(std::uint32_t tag) const {
  if (!introduction_) return false;
  const Tlv* evaluated = find(*introduction_, 0x1F71);
  return !evaluated || lists_tag(evaluated->value, tag);
}

NotStarted Dialogue::why_not(const Ending& ending) const {
  switch (ending.how) {
    case End::refused:
      if (ending.code == busy_code) {
        return {NotStartedReason::busy, "The terminal is busy: wait a moment."};
      }
      if (ending.code == 0x6F) {
        return {NotStartedReason::refused, std::string(result_words(0x6F))};
      }
      return {NotStartedReason::refused,
              "The terminal refuses this till: check the password and its settings."};
    case End::aborted:
      return {NotStartedReason::refused, words_of(ending.code, "")};
    default:
      return {NotStartedReason::unreachable,
              link_->heard_noise()
                  ? "Something else than a ZVT terminal answers: check address and port."
                  : "The terminal does not answer: check its port and that ZVT is on."};
  }
}

std::uint8_t Dialogue::poll_status() {
  for (int asked = 0;; ++asked) {
    const Ending ending = converse(status_enquiry(settings_.password, 2), {});
    const std::uint8_t status = ending.how == End::completed
                                    ? ending.completion.code.value_or(0)
                                    : (ending.how == End::lost ? busy_code : ending.code);
    if (status != busy_code || asked >= settings_.polls) return status;
    // Nothing is expected meanwhile; this is the pause.
    if (const auto noise = link_->receive(settings_.between_polls);
        !noise && noise.error() != LinkError::timed_out) {
      return busy_code;
    }
  }
}

}  // namespace drivers::zvt
