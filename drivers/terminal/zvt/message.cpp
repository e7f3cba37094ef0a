#include "drivers/terminal/zvt/message.h"

#include <fmt/format.h>

#include <algorithm>

#include "drivers/terminal/zvt/words.h"

namespace drivers::zvt {

namespace {

using Parsed = core::Result<Message, Fault>;

// Takes bytes off the front; knows how far it has come, for faults.
class Cursor {
 public:
  explicit Cursor(ByteView bytes) : bytes_(bytes) {}
  std::size_t left() const { return bytes_.size() - at_; }
  std::uint8_t peek(std::size_t offset = 0) const { return bytes_[at_ + offset]; }
  std::optional<Bytes> take(std::size_t size) {
    if (left() < size) return {};
    const ByteView taken = bytes_.subspan(at_, size);
    at_ += size;
    return Bytes(taken.begin(), taken.end());
  }
  ByteView rest() const { return bytes_.subspan(at_); }
  std::size_t place() const { return at_; }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

Parsed with_fields(Message message, const Cursor& cursor) {
  auto fields = parse_fields(cursor.rest());
  if (!fields) {
    return tl::unexpected(Fault{fields.error().place + cursor.place(), fields.error().why});
  }
  message.fields = std::move(*fields);
  return message;
}

Parsed parse_with_password(Message message, Cursor cursor, bool is_needed) {
  if (is_needed || cursor.left() >= 3) {
    message.password = cursor.take(3);
    if (!message.password) return tl::unexpected(Fault{cursor.place(), "the password is missing"});
  }
  return with_fields(std::move(message), cursor);
}

Parsed parse_registration(Message message, Cursor cursor) {
  message.password = cursor.take(3);
  const auto config = cursor.take(1);
  if (!message.password || !config) {
    return tl::unexpected(Fault{cursor.place(), "password or configuration byte is missing"});
  }
  message.config = config->front();
  // The currency has no tag: whatever is no field 03 or 06 is it.
  if (cursor.left() >= 2 && cursor.peek() != 0x03 && cursor.peek() != 0x06) {
    message.currency = cursor.take(2);
  }
  return with_fields(std::move(message), cursor);
}

// <password> <from> [<to>], receipt numbers without a tag (PA00P015 2.19).
Parsed parse_reprint(Message message, Cursor cursor) {
  message.password = cursor.take(3);
  if (!message.password) return tl::unexpected(Fault{0, "the password is missing"});
  message.from = cursor.take(2);
  if (!message.from) return tl::unexpected(Fault{cursor.place(), "no receipt number"});
  // 06 xx may be the hundreds of a number, too: a field is whatever reads as one.
  if (cursor.left() > 2 && cursor.peek() == 0x06) {
    if (auto without = with_fields(message, cursor)) return without;
  }
  message.to = cursor.take(2);
  return with_fields(std::move(message), cursor);
}

Parsed parse_intermediate(Message message, Cursor cursor) {
  const auto code = cursor.take(1);
  if (!code) return tl::unexpected(Fault{0, "the status is missing"});
  message.code = code->front();
  // The specification's own example leaves the minutes out.
  if (cursor.left() > 0) {
    auto without = with_fields(message, cursor);
    if (cursor.peek() == 0x06 && without && cursor.left() > 1) return without;
    message.patience = cursor.take(1)->front();
  }
  return with_fields(std::move(message), cursor);
}

Parsed parse_aborted(Message message, Cursor cursor) {
  if (cursor.left() == 0) return message;
  message.code = cursor.take(1)->front();
  if (message.code == 0x6F && cursor.left() >= 2 && cursor.peek() != 0x06) {
    message.currency = cursor.take(2);
  }
  return with_fields(std::move(message), cursor);
}

// "F0 F0 F7" and so many bytes of version, when 06 0F answers a status enquiry.
std::optional<std::size_t> version_size(const Cursor& cursor) {
  if (cursor.left() < 3) return {};
  std::size_t size = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    if ((cursor.peek(i) & 0xF0U) != 0xF0U || (cursor.peek(i) & 0x0FU) > 9) return {};
    size = size * 10 + (cursor.peek(i) & 0x0FU);
  }
  if (cursor.left() < 3 + size) return {};
  return size;
}

Parsed parse_completion(Message message, Cursor cursor) {
  if (const auto size = version_size(cursor)) {
    cursor.take(3);
    message.text = cursor.take(*size);
    if (cursor.left() > 0) message.code = cursor.take(1)->front();
    return with_fields(std::move(message), cursor);
  }
  auto fields = with_fields(message, cursor);
  if (fields || cursor.left() == 0) return fields;
  // A terminal status, alone or before field 06.
  message.code = cursor.take(1)->front();
  if (cursor.left() > 0 && cursor.peek() != 0x06) return fields;
  return with_fields(std::move(message), cursor);
}

Parsed parse_line(Message message, Cursor cursor) {
  if (cursor.left() == 0) return message;
  message.code = cursor.take(1)->front();
  const ByteView rest = cursor.rest();
  std::size_t text_end = rest.size();
  // Some terminals put field 06 behind the text: from the first 06 that fits to the end.
  for (std::size_t at = 0; at + 2 < rest.size(); ++at) {
    if (rest[at] != 0x06) continue;
    auto fields = parse_fields(rest.subspan(at));
    if (!fields || !fields->list.empty()) continue;
    message.fields = std::move(*fields);
    text_end = at;
    break;
  }
  message.text = Bytes(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(text_end));
  return message;
}

Parsed parse_negative(Message message, Cursor cursor) {
  if (message.command == 0x849D) return with_fields(std::move(message), cursor);
  // 84 1E 6F cc: what is wrong, and the terminal's own currency.
  if (cursor.left() > 0) message.code = cursor.take(1)->front();
  if (message.code == 0x6F && cursor.left() == 2) message.currency = cursor.take(2);
  message.other.assign(cursor.rest().begin(), cursor.rest().end());
  return message;
}

}  // namespace

bool is_positive(const Apdu& apdu) {
  return apdu.command == command::ack || apdu.command == 0x8400;
}
bool is_negative(const Apdu& apdu) {
  return (apdu.command & 0xFF00U) == 0x8400U && apdu.command != 0x8400;
}

Parsed parse(const Apdu& apdu) {
  Message message;
  message.command = apdu.command;
  const Cursor cursor(apdu.data);
  if ((apdu.command & 0xFF00U) == 0x8400U) return parse_negative(std::move(message), cursor);
  switch (apdu.command) {
    case command::registration:
      return parse_registration(std::move(message), cursor);
    case command::reversal:
    case command::refund:
    case command::end_of_day:
    case command::totals:
    case command::initialisation:
    case command::repeat_receipt:
    case 0x0691:
    case 0x0814:
      return parse_with_password(std::move(message), cursor, true);
    case command::status_enquiry:
      return parse_with_password(std::move(message), cursor, false);
    case command::reprint:
      return parse_reprint(std::move(message), cursor);
    case command::intermediate:
      return parse_intermediate(std::move(message), cursor);
    case command::aborted:
      return parse_aborted(std::move(message), cursor);
    case command::completion:
      return parse_completion(std::move(message), cursor);
    case command::print_line:
      return parse_line(std::move(message), cursor);
    default:
      break;
  }
  if (command_name(apdu.command).empty()) {
    message.other = apdu.data;
    return message;
  }
  return with_fields(std::move(message), cursor);
}

Apdu encode(const Message& message) {
  Apdu apdu{message.command, {}};
  const auto add = [&](const Bytes& bytes) {
    apdu.data.insert(apdu.data.end(), bytes.begin(), bytes.end());
  };
  if (message.password) add(*message.password);
  if (message.config) apdu.data.push_back(*message.config);
  if (message.from) add(*message.from);
  if (message.to) add(*message.to);
  const bool has_version = message.command == command::completion && message.text;
  if (has_version) {
    const std::size_t size = message.text->size();
    add({static_cast<std::uint8_t>(0xF0U | size / 100 % 10),
         static_cast<std::uint8_t>(0xF0U | size / 10 % 10),
         static_cast<std::uint8_t>(0xF0U | size % 10)});
    add(*message.text);
  }
  if (message.code) apdu.data.push_back(*message.code);
  if (message.currency) add(*message.currency);
  if (message.patience) apdu.data.push_back(*message.patience);
  if (message.text && !has_version) add(*message.text);
  add(message.other);
  add(encode(message.fields));
  return apdu;
}

// --- what 04 0F says ---

StatusInformation status_of(const Fields& fields, Charset charset) {
  StatusInformation status;
  const auto digits = [&](std::uint8_t tag) {
    const Bytes* value = fields.find(tag);
    return value ? bcd_text(*value) : std::string();
  };
  const auto text = [&](const Bytes* value) {
    return value ? text_of(*value, charset) : std::string();
  };
  if (const Bytes* result = fields.find(0x27)) status.result = result->front();
  if (const Bytes* amount = fields.find(0x04)) status.amount = bcd_number(*amount);
  if (const Bytes* currency = fields.find(0x49)) status.currency = bcd_number(*currency);
  status.terminal_id = digits(0x29);
  status.trace = digits(0x0B);
  if (const Bytes* longer = fields.find_tlv(0x1F2B)) status.trace = bcd_text(*longer);
  status.receipt = digits(0x87);
  status.turnover = digits(0x88);
  status.original_trace = digits(0x37);
  status.moment = digits(0x0D) + digits(0x0C);
  if (const Bytes* card = fields.find(0x22)) status.masked_card = zvt::masked_card(*card);
  status.brand = text(fields.find(0x8B));
  if (const Bytes* type = fields.find(0x8A); type && status.brand.empty()) {
    std::uint8_t number = type->front();
    const Bytes* longer = fields.find_tlv(0x41);
    if (number == 0xFF && longer && !longer->empty()) number = longer->back();
    status.brand = card_name(number);
  }
  if (const Bytes* attribute = fields.find(0x3B)) {
    const bool is_text = std::all_of(attribute->begin(), attribute->end(), [](std::uint8_t byte) {
      return byte == 0 || (byte >= 0x20 && byte < 0x7F);
    });
    status.auth_code = is_text ? text(attribute) : bcd_text(*attribute);
  }
  status.words = text(fields.find(0x3C));
  if (status.words.empty() && fields.tlvs) {
    if (const Tlv* shown = find(*fields.tlvs, 0x24)) {
      if (const Tlv* line = find(shown->children, 0x07)) status.words = text(&line->value);
    }
  }
  if (status.words.empty()) status.words = text(fields.find_tlv(0x1F17));
  if (const Bytes* tip = fields.find_tlv(0x1F36)) status.tip = bcd_number(*tip);
  if (const Bytes* method = fields.find_tlv(0x1F10); method && !method->empty()) {
    status.needs_signature = method->front() == 0x01;
  }
  return status;
}

CardReference reference_of(const StatusInformation& status) {
  return {status.terminal_id,
          status.trace,
          status.auth_code,
          status.receipt,
          status.turnover,
          status.moment,
          ""};
}

bool is_same(const CardReference& a, const CardReference& b) {
  return a.trace == b.trace && a.receipt == b.receipt && a.turnover == b.turnover &&
         a.moment == b.moment;
}

bool can_be_one(const CardReference& a, const CardReference& b) {
  bool has_shared = false;
  for (const auto number : {&CardReference::trace, &CardReference::receipt,
                            &CardReference::turnover, &CardReference::terminal_id}) {
    if ((a.*number).empty() || (b.*number).empty()) continue;
    if (a.*number != b.*number) return false;
    has_shared |= number != &CardReference::terminal_id;
  }
  return has_shared;
}

// --- what is printed ---

namespace {

BlockLine line_of(std::uint8_t looks, ByteView text, Charset charset) {
  BlockLine line{
      std::string((looks & 0xC0U) == 0 ? looks & 0x0FU : 0U, ' ') + text_of(text, charset),
      (looks & 0xC0U) == 0x40U, false, false};
  if ((looks & 0x80U) == 0) {
    line.wide = (looks & 0x20U) != 0;
    line.tall = (looks & 0x10U) != 0;
  }
  return line;
}

bool is_last(std::uint8_t looks) {
  return (looks & 0x80U) != 0 && looks != 0x80 && looks != 0xFF;
}

void take_facts(const Fields& fields, PrintPart& part) {
  if (const Bytes* type = fields.find_tlv(0x1F07); type && !type->empty()) {
    part.block.copy = type->front() == 1   ? BlockCopy::merchant
                      : type->front() == 3 ? BlockCopy::admin
                                           : BlockCopy::customer;
  }
  if (const Bytes* info = fields.find_tlv(0x1F37); info && !info->empty()) {
    part.block.needs_signature = (info->front() & 0x02U) != 0;
  }
}

}  // namespace

PrintPart print_part(const Message& message, Charset charset) {
  PrintPart part;
  take_facts(message.fields, part);
  if (message.command == command::print_line) {
    const std::uint8_t looks = message.code.value_or(0);
    part.ends = is_last(looks);
    const Bytes text = message.text.value_or(Bytes{});
    if (looks == 0xFF) {
      part.block.lines.resize(text.empty() ? 1 : text.front());
    } else if (!part.ends || !text.empty()) {
      part.block.lines.push_back(line_of(looks, text, charset));
    }
    return part;
  }
  if (const Bytes* set = message.fields.find_tlv(0x14); set && !set->empty()) {
    charset = set->front() == 0xFE   ? Charset::utf8
              : set->front() == 0xFF ? Charset::cp437
                                     : Charset::latin1;
  }
  const Tlv* texts =
      message.fields.tlvs ? find(*message.fields.tlvs, 0x25) : static_cast<const Tlv*>(nullptr);
  std::uint8_t looks = 0;
  for (const Tlv& item : texts ? texts->children : Tlvs{}) {
    if (item.tag == 0x09 && !item.value.empty()) {
      looks = item.value.front();
      part.ends = part.ends || is_last(looks);
    } else if (item.tag == 0x07) {
      part.block.lines.push_back(line_of(is_last(looks) ? 0 : looks, item.value, charset));
    }
  }
  return part;
}

std::string shown(const Message& message, Charset charset) {
  if (message.fields.tlvs) {
    if (const Tlv* texts = find(*message.fields.tlvs, 0x24)) {
      std::string all;
      for (const Tlv& line : texts->children) {
        if (line.tag != 0x07) continue;
        if (!all.empty()) all += ' ';
        all += text_of(line.value, charset);
      }
      std::replace(all.begin(), all.end(), '\n', ' ');
      if (!all.empty()) return all;
    }
  }
  return std::string(progress_words(message.code.value_or(0xFF)));
}

// --- what the till sends ---

Message registration(const Login& login) {
  Message message;
  message.command = command::registration;
  message.password = bcd(login.password, 3);
  message.config = login.config;
  message.currency = bcd(login.currency, 2);
  // Even an empty field 06 says that the till understands TLV.
  message.fields.tlvs.emplace();
  if (login.wants_blocks) {
    message.fields.tlvs->push_back({0x26, {}, {{0x0A, {0x06, 0xD3}, {}}}});
  }
  if (login.offers_sequence) message.fields.tlvs->push_back({0x1F73, {0, 0, 0}, {}});
  return message;
}

Message authorisation(std::int64_t minor, int currency, PartialApproval part) {
  Message message;
  message.command = command::authorisation;
  message.fields.list = {{0x04, bcd(minor, 6)}, {0x49, bcd(currency, 2)}};
  if (part == PartialApproval::offered) message.fields.tlvs = Tlvs{{partial_approval_tag, {1}, {}}};
  return message;
}

Message reversal(std::string_view password, std::string_view receipt) {
  Message message = with_password(command::reversal, password);
  message.fields.list = {{0x87, bcd(receipt, 2)}};
  return message;
}

Message refund(std::string_view password, std::int64_t minor, int currency) {
  Message message = with_password(command::refund, password);
  message.fields.list = {{0x04, bcd(minor, 6)}, {0x49, bcd(currency, 2)}};
  return message;
}

Message with_password(std::uint16_t command, std::string_view password) {
  Message message;
  message.command = command;
  message.password = bcd(password, 3);
  return message;
}

Message repeat_receipt(std::string_view password, std::uint8_t service) {
  Message message = with_password(command::repeat_receipt, password);
  message.fields.list = {{0x03, {service}}};
  return message;
}

Message status_enquiry(std::string_view password, std::uint8_t service) {
  Message message = with_password(command::status_enquiry, password);
  if (service != 0) message.fields.list = {{0x03, {service}}};
  return message;
}

Message bare(std::uint16_t command) {
  Message message;
  message.command = command;
  return message;
}

Message display_text(std::string_view line, int seconds) {
  Message message = bare(command::display_text);
  message.fields.list = {{0xF0, {static_cast<std::uint8_t>(seconds)}},
                         {0xF1, Bytes(line.begin(), line.end())}};
  return message;
}

}  // namespace drivers::zvt
