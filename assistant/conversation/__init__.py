"""What a chat message means, and the checked units it brings. The same for every engine and every face."""

from assistant.conversation.conversation import Conversation

__all__ = ["Conversation"]
