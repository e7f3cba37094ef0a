// ZVT messages in words, for support. Nothing secret gets into them.
#include <fmt/format.h>

#include "core/base/text.h"
#include "drivers/terminal/masking.h"
#include "drivers/terminal/zvt/message.h"
#include "drivers/terminal/zvt/serial.h"
#include "drivers/terminal/zvt/words.h"

namespace drivers::zvt {

namespace {

std::string quoted(ByteView bytes, Charset charset) {
  return "\"" + text_of(bytes, charset) + "\"";
}

std::string tlv_words(const Tlvs& objects, Charset charset) {
  std::string words;
  for (const Tlv& object : objects) {
    if (!words.empty()) words += ' ';
    if (is_constructed(object.tag)) {
      words += fmt::format("{:02X}{{{}}}", object.tag, tlv_words(object.children, charset));
    } else if (is_secret_tlv(object.tag)) {
      words += fmt::format("{:02X}=<hidden>", object.tag);
    } else if (object.tag == 0x07 || object.tag == 0x1F17) {
      words += fmt::format("{:02X}={}", object.tag, quoted(object.value, charset));
    } else {
      words += fmt::format("{:02X}={}", object.tag, without_long_numbers(hex(object.value)));
    }
  }
  return words;
}

std::string field_words(const Field& field, Charset charset) {
  const Bytes& value = field.value;
  switch (field.tag) {
    case 0x04:
      return "amount=" + std::to_string(bcd_number(value).value_or(-1));
    case 0x0B:
      return "trace=" + bcd_text(value);
    case 0x0C:
      return "time=" + bcd_text(value);
    case 0x0D:
      return "date=" + bcd_text(value);
    case 0x22:
      return "card=" + masked_card(value);
    case 0x27: {
      const auto words = result_words(value.front());
      return fmt::format("result={:02X}{}", value.front(),
                         words.empty() ? "" : fmt::format(" ({})", words));
    }
    case 0x29:
      return "tid=" + bcd_text(value);
    case 0x2A:
      return "contract=" + quoted(value, charset);
    case 0x37:
      return "original-trace=" + bcd_text(value);
    case 0x3C:
      return "text=" + quoted(value, charset);
    case 0x49:
      return "currency=" + bcd_text(value);
    case 0x87:
      return "receipt=" + bcd_text(value);
    case 0x88:
      return "turnover=" + bcd_text(value);
    case 0x8A:
      return fmt::format("card-type={} {}", value.front(), card_name(value.front()));
    case 0x8B:
      return "card-name=" + quoted(value, charset);
    default:
      break;
  }
  if (is_secret(field.tag)) return fmt::format("{:02X}=<hidden>", field.tag);
  if (field.tag >= 0xF1 && field.tag <= 0xF8) {
    return fmt::format("line{}={}", field.tag - 0xF0, quoted(value, charset));
  }
  return fmt::format("{:02X}={}", field.tag, without_long_numbers(hex(value)));
}

std::string name_of(const Message& message) {
  if ((message.command & 0xFF00U) == 0x8400U) {
    const auto code = static_cast<std::uint8_t>(message.command & 0xFFU);
    const auto words = result_words(code);
    return fmt::format("NACK 84-{:02X}{}", code, words.empty() ? "" : fmt::format(" ({})", words));
  }
  const auto name = command_name(message.command);
  if (!name.empty()) return std::string(name);
  return fmt::format("unknown command {:04X}", message.command);
}

}  // namespace

std::string describe(const Message& message, Charset charset) {
  std::string words = name_of(message);
  const auto add = [&](const std::string& more) { words += " " + more; };
  // A password is for nobody to read, not in support either.
  if (message.password) add("pw=******");
  if (message.config) add(fmt::format("config={:02X}", *message.config));
  if (message.from) add("from=" + bcd_text(*message.from));
  if (message.to) add("to=" + bcd_text(*message.to));
  if (message.command == command::completion && message.text) {
    add("version=" + quoted(*message.text, charset));
  }
  if (message.code) {
    const std::uint8_t code = *message.code;
    const auto meaning = message.command == command::intermediate ? progress_words(code)
                         : message.command == command::completion ? status_words(code)
                         : message.command == command::aborted    ? result_words(code)
                                                                  : std::string_view{};
    add(fmt::format("{}={:02X}{}", message.command == command::print_line ? "looks" : "code", code,
                    meaning.empty() ? "" : fmt::format(" ({})", meaning)));
  }
  if (message.currency) add("currency=" + bcd_text(*message.currency));
  if (message.patience) add(fmt::format("minutes={:02X}", *message.patience));
  if (message.text && message.command != command::completion) add(quoted(*message.text, charset));
  if (!message.other.empty()) {
    add(fmt::format("data={}", without_long_numbers(hex(message.other))));
  }
  for (const Field& field : message.fields.list) add(field_words(field, charset));
  if (message.fields.tlvs) {
    add(fmt::format("tlv[{}]", tlv_words(*message.fields.tlvs, charset)));
  }
  return words;
}

core::Result<std::string, Fault> describe(ByteView bytes, Charset charset) {
  Bytes message(bytes.begin(), bytes.end());
  std::string prefix;
  if (bytes.size() >= 2 && bytes[0] == 0x10 && bytes[1] == 0x02) {
    BlockReader reader;
    const auto events = reader.feed(bytes);
    const auto* block = events.size() == 1 ? std::get_if<GoodBlock>(&events.front()) : nullptr;
    if (!block) return tl::unexpected(Fault{0, "the serial block or its check sum is wrong"});
    message = block->message;
    prefix = "serial block, check sum right: ";
  }
  const auto apdu = parse_apdu(message);
  if (!apdu) return tl::unexpected(apdu.error());
  const auto parsed = parse(*apdu);
  if (!parsed) {
    // Counted from the beginning of the message.
    return tl::unexpected(
        Fault{parsed.error().place + message.size() - apdu->data.size(), parsed.error().why});
  }
  return prefix + describe(*parsed, charset);
}

}  // namespace drivers::zvt
