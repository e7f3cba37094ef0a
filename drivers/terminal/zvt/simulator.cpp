#include "drivers/terminal/zvt/simulator.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace drivers::zvt {

namespace {

constexpr int most_repeats = 5;
constexpr std::int64_t one_major_unit = 100;

bool is_print(const Message& message) {
  return message.command == command::print_line || message.command == command::print_block;
}

Message completion() {
  return bare(command::completion);
}

Message ended_by(std::uint8_t code) {
  Message message = bare(command::aborted);
  message.code = code;
  return message;
}

Message shows(std::uint8_t code) {
  Message message = bare(command::intermediate);
  message.code = code;
  return message;
}

Message failed(std::uint8_t code) {
  Message message = bare(command::status);
  message.fields.list = {{0x27, {code}}};
  return message;
}

Bytes bytes_of(std::string_view text) {
  return Bytes(text.begin(), text.end());
}

}  // namespace

std::vector<Apdu> Simulator::take(const Apdu& apdu) {
  const auto message = parse(apdu);
  if (!message) return say(command::not_possible);
  const Bytes* number = message->fields.find_tlv(0x1F73);
  heard_sequence_ = number ? *number : Bytes{};
  if (is_positive(apdu) || is_negative(apdu)) return answered(apdu);
  if (apdu.command == command::abort) {
    // Only a payment that still waits for its card can be given up.
    const bool waits = is_planned_ && !prepared_ && settings_.card == SimulatedCard::wait;
    auto said = say(waits ? command::ack : command::not_possible);
    if (waits) {
      is_planned_ = false;
      script_ = {failed(0x6C), ended_by(0x6C)};
      unanswered_.reset();
      for (Apdu& more : go_on()) said.push_back(std::move(more));
    }
    return said;
  }
  if (unanswered_ || !script_.empty() || is_planned_) return say(command::busy);
  return begin(*message);
}

std::vector<Apdu> Simulator::say(std::uint16_t command) {
  Message message = bare(command);
  if (uses_sequence_ && !heard_sequence_.empty()) {
    message.fields.tlvs = Tlvs{{0x1F73, heard_sequence_, {}}};
  }
  return {encode(message)};
}

// The next of the script, if nothing is unanswered.
std::vector<Apdu> Simulator::go_on() {
  if (unanswered_ || script_.empty()) return {};
  unanswered_ = std::move(script_.front());
  script_.pop_front();
  if (unanswered_->command == command::status && is_planned_) {
    is_planned_ = false;
    if (const Bytes* result = unanswered_->fields.find(0x27); result && result->front() == 0) {
      prepared_ = bookings_.size() - 1;
    }
  }
  if (!settings_.leak.empty()) unanswered_ = leaking(std::move(*unanswered_));
  if (uses_sequence_) {
    if (!unanswered_->fields.tlvs) unanswered_->fields.tlvs.emplace();
    unanswered_->fields.tlvs->push_back({0x1F73, bcd(++sequence_, 3), {}});
  }
  return {encode(*unanswered_)};
}

// A terminal that shows a whole card number wherever there is room for one.
Message Simulator::leaking(Message message) const {
  const Bytes text = bytes_of("Karte " + settings_.leak);
  Fields& fields = message.fields;
  const auto put = [&](std::uint8_t tag, Bytes value) {
    std::erase_if(fields.list, [&](const Field& field) { return field.tag == tag; });
    fields.list.push_back({tag, std::move(value)});
  };
  switch (message.command) {
    case command::status: {
      const bool is_odd = settings_.leak.size() % 2 != 0;
      const auto digits = from_hex(settings_.leak + (is_odd ? "F" : ""));
      const auto track = from_hex(settings_.leak + "D2512101" + (is_odd ? "F" : ""));
      if (digits) put(0x22, *digits);
      if (track) put(0x23, *track);
      put(0x2D, text);
      put(0x3C, text);
      put(0x8B, text);
      if (!fields.tlvs) fields.tlvs.emplace();
      fields.tlvs->push_back({0x24, {}, {{0x07, text, {}}}});
      fields.tlvs->push_back({0x46, text, {}});
      break;
    }
    case command::intermediate:
      if (!fields.tlvs) fields.tlvs.emplace();
      fields.tlvs->push_back({0x24, {}, {{0x07, text, {}}}});
      break;
    case command::print_line:
      if (message.code != std::uint8_t{0x81}) message.text = text;
      break;
    case command::print_block:
      for (Tlv& object : *fields.tlvs) {
        for (Tlv& item : object.children) {
          if (object.tag == 0x25 && item.tag == 0x07) item.value = text;
        }
      }
      break;
    default:
      break;
  }
  return message;
}

std::vector<Apdu> Simulator::answered(const Apdu& apdu) {
  if (!unanswered_) return {};
  const Message said = std::move(*unanswered_);
  unanswered_.reset();
  Booking* booking = prepared();
  const bool decides = booking && (said.command == command::status || is_print(said));
  if (decides && apdu.command == command::busy && said.command == command::status) {
    if (++sent_again_ < most_repeats) {
      script_.push_front(said);
      if (uses_sequence_) script_.front().fields.tlvs->pop_back();
    } else {
      prepared_.reset();
      script_ = {failed(0x6C), ended_by(0x6C)};
    }
  } else if (decides && is_negative(apdu)) {
    prepared_.reset();
    script_ = {ended_by(said.command == command::status ? 0x66 : 0xCC)};
  } else if (decides && (script_.empty() || !is_print(script_.front()))) {
    booking->is_booked = true;
    if (booking->original != 0) {
      for (Booking& original : bookings_) {
        if (original.trace == booking->original) original.is_reversed = true;
      }
    }
    prepared_.reset();
  }
  return go_on();
}

void Simulator::link_lost() {
  if (Booking* booking = prepared()) {
    booking->is_booked = settings_.lost_ack != LostAck::auto_reverse;
  } else if (is_planned_ && settings_.lost_ack == LostAck::keep &&
             settings_.card != SimulatedCard::wait && !bookings_.empty()) {
    // It goes on with the customer, whether the till is there or not.
    bookings_.back().is_booked = true;
  }
  prepared_.reset();
  is_planned_ = false;
  script_.clear();
  unanswered_.reset();
  uses_sequence_ = false;
}

std::vector<Apdu> Simulator::begin(const Message& request) {
  if (settings_.card == SimulatedCard::busy && request.command != command::status_enquiry) {
    return say(command::busy);
  }
  if (request.password && bcd_text(*request.password) != settings_.password) {
    return say(command::not_possible);
  }
  switch (request.command) {
    case command::registration: {
      if (request.currency && bcd_number(*request.currency) != settings_.currency) {
        Message no = bare(0x841E);
        no.code = 0x6F;
        no.currency = bcd(settings_.currency, 2);
        return {encode(no)};
      }
      till_prints_ = (request.config.value_or(0) & 0x80U) != 0;
      const bool has_tlv = settings_.speaks_tlv && request.fields.tlvs;
      wants_blocks_ = has_tlv && find(*request.fields.tlvs, 0x26) != nullptr;
      Message done = completion();
      done.fields.list = {
          {0x19, {0}}, {0x29, bcd(settings_.terminal_id, 4)}, {0x49, bcd(settings_.currency, 2)}};
      uses_sequence_ = false;
      auto said = say(command::ack);
      if (has_tlv) done.fields.tlvs.emplace();
      if (has_tlv && !settings_.evaluates.empty()) {
        done.fields.tlvs->push_back({0x1F71, settings_.evaluates, {}});
      }
      if (has_tlv && settings_.has_sequence && request.fields.find_tlv(0x1F73)) {
        done.fields.tlvs->push_back({0x1F73, {0, 0, 0}, {}});
      }
      script_ = {done};
      for (Apdu& more : go_on()) said.push_back(std::move(more));
      uses_sequence_ = done.fields.find_tlv(0x1F73) != nullptr;
      sequence_ = 0;
      return said;
    }
    case command::log_off:
    case command::display_text:
      return say(command::ack);
    case command::authorisation:
      plan_payment(request, CardKind::sale);
      break;
    case command::refund:
      plan_payment(request, CardKind::refund);
      break;
    case command::reversal:
      plan_payment(request, CardKind::reversal);
      break;
    case command::repeat_receipt:
      if (settings_.repeat == Repeat::not_possible) return say(command::not_possible);
      plan_repeat();
      break;
    case command::status_enquiry: {
      Message done = completion();
      done.code = 0;
      script_ = {done};
      break;
    }
    case command::totals:
    case command::end_of_day: {
      Message sum = bare(command::status);
      sum.fields.list = {{0x27, {0}}, {0x04, bcd(charged(), 6)}};
      script_ = {sum};
      if (request.command == command::end_of_day) {
        closed_trace_ = bookings_.empty() ? 0 : bookings_.back().trace;
        Message slip = bare(command::print_block);
        slip.fields.tlvs =
            Tlvs{{0x1F07, {3}, {}},
                 {0x25,
                  {},
                  {{0x09, {0x40}, {}}, {0x07, bytes_of("KASSENSCHNITT"), {}}, {0x09, {0x81}, {}}}}};
        if (till_prints_ && wants_blocks_) script_.push_back(slip);
      }
      script_.push_back(completion());
      break;
    }
    case command::diagnosis:
    case command::initialisation:
      script_ = {shows(0xD2), completion()};
      break;
    default:
      return say(command::not_possible);
  }
  auto said = say(command::ack);
  for (Apdu& more : go_on()) said.push_back(std::move(more));
  return said;
}

void Simulator::plan_payment(const Message& request, CardKind kind) {
  sent_again_ = 0;
  const SimulatedCard card = settings_.card;
  const Bytes* amount = request.fields.find(0x04);
  Booking booking;
  booking.kind = kind;
  booking.amount = amount ? bcd_number(*amount).value_or(0) : 0;
  booking.trace = bookings_.empty() ? 1 : bookings_.back().trace + 1;
  if (kind == CardKind::reversal) {
    const Bytes* wanted = request.fields.find(0x87);
    const auto receipt = wanted ? bcd_number(*wanted).value_or(0) : 0;
    const auto original = std::find_if(bookings_.begin(), bookings_.end(), [&](const Booking& b) {
      return b.is_booked && b.trace == receipt && b.kind == CardKind::sale;
    });
    const bool is_closed = original != bookings_.end() && original->trace <= closed_trace_;
    if (original == bookings_.end() || original->is_reversed || is_closed) {
      const std::uint8_t code = original != bookings_.end() && original->is_reversed ? 0xB4 : 0xB5;
      script_ = {failed(code), ended_by(code)};
      return;
    }
    booking.amount = original->amount;
    booking.original = original->trace;
  }
  script_ = {shows(0x0A)};
  const Bytes* takes_part = settings_.speaks_tlv ? request.fields.find_tlv(partial_approval_tag)
                                                 : static_cast<const Bytes*>(nullptr);
  const bool is_short =
      card == SimulatedCard::part && (!takes_part || *takes_part == Bytes{0});  // of money
  if (card == SimulatedCard::decline || card == SimulatedCard::decline_by_completion || is_short) {
    const std::uint8_t code = is_short ? 0x71 : 0x05;
    Message no = failed(code);
    no.fields.list.push_back({0x29, bcd(settings_.terminal_id, 4)});
    script_.push_back(no);
    const bool is_completed = card == SimulatedCard::decline_by_completion;
    script_.push_back(is_completed ? completion() : ended_by(code));
    return;
  }
  if (card == SimulatedCard::abort) {
    script_.push_back(ended_by(0x6C));
    return;
  }
  if (card == SimulatedCard::silent_uncharged) return;
  if (card == SimulatedCard::part || card == SimulatedCard::part_unasked) booking.amount /= 2;
  if (card == SimulatedCard::tip) booking.amount += one_major_unit;
  if (card == SimulatedCard::other_amount) booking.amount = booking.amount * 7 + 1;
  if (card == SimulatedCard::silent_charged) {
    booking.is_booked = true;
    bookings_.push_back(booking);
    return;
  }
  is_planned_ = true;
  if (card == SimulatedCard::wait) return;
  // Its number is given now; it is nothing yet.
  bookings_.push_back(booking);
  script_.push_back(shows(0x04));
  script_.push_back(status(booking));
  if (till_prints_) plan_slips(booking);
  script_.push_back(completion());
}

void Simulator::plan_slips(const Booking& booking) {
  for (const std::uint8_t copy : {std::uint8_t{1}, std::uint8_t{2}}) {
    const std::string title = copy == 1 ? "** H\x8ENDLERBELEG **" : "** KUNDENBELEG **";
    const std::string amount =
        fmt::format("BETRAG EUR {}.{:02}", booking.amount / 100, booking.amount % 100);
    if (wants_blocks_ && !settings_.prints_lines) {
      Message slip = bare(command::print_block);
      slip.fields.tlvs = Tlvs{{0x1F07, {copy}, {}},
                              {0x25,
                               {},
                               {{0x09, {0x40}, {}},
                                {0x07, bytes_of(title), {}},
                                {0x09, {0x00}, {}},
                                {0x07, bytes_of(amount), {}},
                                {0x09, {0x81}, {}}}}};
      script_.push_back(slip);
      continue;
    }
    for (const auto& [looks, text] :
         {std::pair<std::uint8_t, std::string>{0x40, title}, {0x00, amount}, {0x81, ""}}) {
      Message line = bare(command::print_line);
      line.code = looks;
      line.text = bytes_of(text);
      if (settings_.speaks_tlv) line.fields.tlvs = Tlvs{{0x1F07, {copy}, {}}};
      script_.push_back(line);
    }
  }
}

void Simulator::plan_repeat() {
  script_.clear();
  const Booking* last = last_standing();
  if (settings_.repeat == Repeat::wrong_last && bookings_.size() > 1) last = &bookings_.front();
  if (last && settings_.repeat != Repeat::no_status) script_.push_back(status(*last));
  script_.push_back(completion());
}

Message Simulator::status(const Booking& booking) const {
  Message message = bare(command::status);
  message.fields.list = {{0x27, {0}},
                         {0x04, bcd(booking.amount, 6)},
                         {0x0B, bcd(booking.trace, 3)},
                         {0x0C, bcd(120'000 + booking.trace % 60, 3)},
                         {0x0D, bcd("1125", 2)},
                         {0x29, bcd(settings_.terminal_id, 4)},
                         {0x22, {0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0x42, 0x42}},
                         {0x87, bcd(booking.trace % 10'000, 2)},
                         {0x88, bcd(booking.trace, 3)},
                         {0x49, bcd(settings_.currency, 2)},
                         {0x3B, bytes_of(fmt::format("{:06}", booking.trace * 7919 % 1'000'000) +
                                         std::string(2, '\0'))},
                         {0x8A, {10}},
                         {0x8B, bytes_of(std::string("Visa") + '\0')}};
  if (booking.original != 0) {
    message.fields.list.push_back({0x37, bcd(booking.original, 3)});
  }
  return message;
}

Booking* Simulator::prepared() {
  return prepared_ ? &bookings_[*prepared_] : nullptr;
}

const Booking* Simulator::last_standing() const {
  const auto last = std::find_if(bookings_.rbegin(), bookings_.rend(),
                                 [](const Booking& booking) { return booking.is_booked; });
  return last == bookings_.rend() ? nullptr : &*last;
}

int Simulator::charges() const {
  return static_cast<int>(std::count_if(bookings_.begin(), bookings_.end(), [](const Booking& b) {
    return b.kind == CardKind::sale && b.is_booked && !b.is_reversed;
  }));
}

std::int64_t Simulator::charged() const {
  std::int64_t sum = 0;
  for (const Booking& booking : bookings_) {
    if (!booking.is_booked || booking.is_reversed) continue;
    if (booking.kind == CardKind::sale) sum += booking.amount;
    if (booking.kind == CardKind::refund) sum -= booking.amount;
  }
  return std::max<std::int64_t>(sum, 0);
}

std::string Simulator::book() const {
  std::string text;
  for (const Booking& booking : bookings_) {
    text += fmt::format("{} {} {} {} {} {}\n", static_cast<int>(booking.kind), booking.amount,
                        booking.trace, booking.original, booking.is_booked ? 1 : 0,
                        booking.is_reversed ? 1 : 0);
  }
  return text;
}

void Simulator::read_book(const std::string& text) {
  std::istringstream stream(text);
  bookings_.clear();
  int kind = 0, booked = 0, reversed = 0;
  for (Booking booking; stream >> kind >> booking.amount >> booking.trace >> booking.original >>
                        booked >> reversed;) {
    booking.kind = static_cast<CardKind>(kind);
    booking.is_booked = booked != 0;
    booking.is_reversed = reversed != 0;
    bookings_.push_back(booking);
  }
}

}  // namespace drivers::zvt
